import { notFound, redirect, unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import { DomainError } from "@/lib/errors";
import { logged } from "@/lib/web/action";
import type { AdminNodeKey } from "@/lib/web/admin-nodes";
import { FrameFor, type FrameTab, waitingIn } from "@/lib/web/frame";
import { type Admits, confirmPath, getPlace, type Needs, ownPath, type Place } from "@/lib/web/guard";

type Given = {
  params: Promise<Record<string, string | string[]>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export type PageContext<P extends string> = Place & {
  /** The URL's parts besides the district. */
  readonly params: Record<P, string>;
  /** The query; of a name that stands several times, the first. */
  readonly search: Record<string, string | undefined>;
};

/**
 * A page inside a district: the guard runs first, the frame with tabs stands around what `render` gives. There's no other way to make
 * a page below /d/[district] (an architecture test looks), so none can forget the guard.
 */
export function districtPage<P extends string = never>(
  options: {
    needs: Needs;
    tab: FrameTab;
    node?: AdminNodeKey;
    bare?: boolean /** Without Admin's side list: the path above the title leads back. */;
    whole?: boolean;
    /** For who has shown the second factor (the password of who has none) within the last minutes; asks for it, and leads back. */
    fresh?: boolean;
  } & Admits,
  render: (context: PageContext<P>) => Promise<ReactNode>,
) {
  return async function Page(given: Given) {
    const params = Object.fromEntries(
      Object.entries(await given.params).map(([key, value]) => [key, Array.isArray(value) ? value.join("/") : value]),
    ) as Record<P | "district", string>;
    const search = Object.fromEntries(
      Object.entries(await given.searchParams).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
    );
    return shown(async () => {
      const place = await getPlace(params.district, options.needs, options);
      if (options.fresh && !place.session.fresh) redirect(confirmPath(params.district, await ownPath(params.district)));
      if (options.bare) return render({ ...place, params, search });
      const [content, waiting] = await Promise.all([render({ ...place, params, search }), waitingIn(place)]);
      return (
        <FrameFor
          place={place}
          tab={options.tab}
          node={options.node ?? null}
          whole={options.whole ?? false}
          waiting={waiting}
        >
          {content}
        </FrameFor>
      );
    });
  };
}

/**
 * What isn't there and what isn't allowed are one answer. Every other expected failure is a page's own to show. The unexpected is logged,
 * and only its reference goes on: Next prints what is thrown and shows its digest, and messages of the database quote values.
 */
async function shown(make: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await make();
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof DomainError && (error.kind === "not-there" || error.kind === "forbidden")) notFound();
    const reference = logged(error);
    throw Object.assign(new Error(`unexpected, see the log: ${reference}`), { digest: reference });
  }
}
