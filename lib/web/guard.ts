import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { doorsFor } from "@/lib/db/exchange";
import type { Doors } from "@/lib/db/types";
import { type Actor, may, type Permission } from "@/lib/policy";
import type { Session } from "@/lib/users/session";
import { callerAddress, currentSession } from "@/lib/web/auth";

/** What a page or action needs: a permission, several of which one suffices, or nothing but membership. */
export type Needs = Permission | readonly Permission[] | "member";

/** Where the request stands once the guard let it through. */
export type Place = {
  readonly session: Session;
  readonly actor: Actor;
  readonly doors: Doors;
  readonly district: { readonly id: string; readonly slug: string; readonly name: string; readonly timeZone: string };
};

/** The person's place in the district that the URL names, or null: not signed in, no member, not permitted, no such district. */
export async function findPlace(slug: string, needs: Needs): Promise<Place | null> {
  const session = await currentSession();
  const membership = session?.memberships.find((one) => one.slug === slug);
  if (!session || !membership) return null;
  const actor: Actor = {
    userId: session.userId,
    membershipId: membership.membershipId,
    districtId: membership.districtId,
    name: membership.name,
    permissions: new Set(membership.permissions),
    ip: await callerAddress(),
  };
  const wanted = needs === "member" ? null : typeof needs === "string" ? [needs] : needs;
  if (wanted && !wanted.some((permission) => may(actor, permission))) return null;
  return {
    session,
    actor,
    doors: doorsFor(actor),
    district: { id: membership.districtId, slug, name: membership.districtName, timeZone: membership.timeZone },
  };
}

/** As `findPlace`, for pages: to the sign-in page, and back, without a session; everything else that isn't allowed is *not there*. */
export async function getPlace(slug: string, needs: Needs): Promise<Place> {
  const place = await findPlace(slug, needs);
  if (place) return place;
  if (!(await currentSession())) {
    // What proxy.ts set; the sign-in page looks at it once more (samePath).
    const path = (await headers()).get("x-baton-path") ?? `/d/${slug}`;
    redirect(`/sign-in?to=${encodeURIComponent(path)}`);
  }
  return notFound();
}
