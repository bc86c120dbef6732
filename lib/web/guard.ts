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
  /** The district requires a second factor, which the person hasn't set up: nothing but setting it up is open to them here. */
  readonly mustEnrol: boolean;
  readonly district: { readonly id: string; readonly slug: string; readonly name: string; readonly timeZone: string };
};

/** `unenrolled`: also for who has to set up a second factor first. */
export type Admits = { unenrolled?: boolean };

const hasToEnrol = (session: Session, slug: string) =>
  session.secondFactorSince === null &&
  session.memberships.some((one) => one.slug === slug && one.secondFactorRequired);

/**
 * The person's place in the district that the URL names, or null: not signed in, no member, not permitted, no such district, or without
 * the second factor that the district requires.
 */
export async function findPlace(slug: string, needs: Needs, admits: Admits = {}): Promise<Place | null> {
  const session = await currentSession();
  const membership = session?.memberships.find((one) => one.slug === slug);
  if (!session || !membership) return null;
  const mustEnrol = hasToEnrol(session, slug);
  if (mustEnrol && !admits.unenrolled) return null;
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
    mustEnrol,
    doors: doorsFor(actor),
    district: { id: membership.districtId, slug, name: membership.districtName, timeZone: membership.timeZone },
  };
}

/**
 * As `findPlace`, for pages: to the sign-in page, and back, without a session; to setting up a second factor, and back, without the one
 * that the district requires; everything else that isn't allowed is *not there*.
 */
export async function getPlace(slug: string, needs: Needs, admits: Admits = {}): Promise<Place> {
  const place = await findPlace(slug, needs, admits);
  return place ?? redirectOr(await wayIn(slug, await ownPath(slug)));
}

/** Where a person goes who may not enter yet; null when there's no way in. */
export async function wayIn(slug: string, path: string): Promise<string | null> {
  const session = await currentSession();
  const to = `to=${encodeURIComponent(path)}`;
  if (!session) return `/sign-in?${to}`;
  return hasToEnrol(session, slug) ? `/d/${slug}/account/second-factor?${to}` : null;
}

/** The page's own path, which proxy.ts set; who leads back to it looks at it once more (samePath). */
export async function ownPath(slug: string): Promise<string> {
  return (await headers()).get("x-baton-path") ?? `/d/${slug}`;
}

function redirectOr(path: string | null): never {
  return path === null ? notFound() : redirect(path);
}

/** The page that asks for the second factor once more, and leads to `path`. */
export const confirmPath = (slug: string, path: string): string => `/d/${slug}/confirm?to=${encodeURIComponent(path)}`;
