import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { DomainError } from "@/lib/errors";
import type { AdminNodeKey } from "@/lib/web/admin-nodes";
import { FrameFor, type FrameTab } from "@/lib/web/frame";
import { getPlace, type Needs, type Place } from "@/lib/web/guard";

type Given = { params: Promise<Record<string, string | string[]>>; searchParams: Promise<Record<string, string | string[] | undefined>> };

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
  options: { needs: Needs; tab: FrameTab; node?: AdminNodeKey; bare?: boolean; /** Without Admin's side list: the path above the title leads back. */ whole?: boolean },
  render: (context: PageContext<P>) => Promise<ReactNode>,
) {
  return async function Page(given: Given) {
    const params = Object.fromEntries(Object.entries(await given.params).map(([key, value]) => [key, Array.isArray(value) ? value.join("/") : value])) as Record<P | "district", string>;
    const search = Object.fromEntries(Object.entries(await given.searchParams).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]));
    const place = await getPlace(params.district, options.needs);
    const content = await shown(render({ ...place, params, search }));
    return options.bare ? content : <FrameFor place={place} tab={options.tab} node={options.node ?? null} whole={options.whole ?? false}>{content}</FrameFor>;
  };
}

/** What isn't there and what isn't allowed are one answer. Every other expected failure is a page's own to show. */
async function shown(content: Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await content;
  } catch (error) {
    if (error instanceof DomainError && (error.kind === "not-there" || error.kind === "forbidden")) notFound();
    throw error;
  }
}
