import { headers } from "next/headers";
import { systemSignIn } from "@/lib/db/system";
import type { Permission } from "@/lib/policy";
import { acceptInvitation } from "@/lib/users/accept-invitation";
import type { Begun } from "@/lib/users/begin-session";
import { changePassword } from "@/lib/users/change-password";
import { endSessions, endSessionsAfterChange } from "@/lib/users/end-sessions";
import { findInvitation, type InvitationView } from "@/lib/users/find-invitation";
import { inviteUser } from "@/lib/users/invite-user";
import { listSessions, type SessionView } from "@/lib/users/list-sessions";
import type { Session } from "@/lib/users/session";
import type { UserChange } from "@/lib/users/set-permissions";
import { signIn } from "@/lib/users/sign-in";
import {
  callerAddress,
  currentSession,
  dropSession,
  knownDevices,
  rememberDevice,
  setHalfCookie,
  setSessionCookie,
} from "@/lib/web/auth";
import type { Place } from "@/lib/web/guard";

/** The sign-in door for pages and actions, one named thing at a time: app/ can't open the door itself. */

async function caller(): Promise<{ ip: string | null; agent: string | null }> {
  return { ip: await callerAddress(), agent: (await headers()).get("user-agent") };
}

/**
 * Signs the caller in: session row and cookie, or those of a half session where a second factor is to come (false). A session that the
 * browser had is ended. Throws as `signIn` does.
 */
export async function enter(input: { identifier: string; password: string }): Promise<boolean> {
  return enterAs(await signIn(systemSignIn, { ...input, ...(await caller()), devices: await knownDevices() }));
}

async function enterAs(begun: Begun): Promise<boolean> {
  await dropSession();
  if ("half" in begun) {
    await setHalfCookie(begun.half);
    return false;
  }
  await setSessionCookie(begun.session);
  return true;
}

/** What an invitation's link is for; null when it can't be used. */
export function invitationOf(token: string): Promise<InvitationView | null> {
  return systemSignIn((tx) => findInvitation(tx, token));
}

/**
 * Uses an invitation and signs its person in, or half in where a second factor is to come (`whole`: false). Throws as `acceptInvitation`
 * does.
 */
export async function acceptHere(input: {
  token: string;
  password: string;
}): Promise<{ slug: string; whole: boolean }> {
  const session = await currentSession();
  const accepted = await acceptInvitation(systemSignIn, {
    ...input,
    signedInAs: session?.userId ?? null,
    ...(await caller()),
  });
  return { slug: accepted.slug, whole: accepted.begun ? await enterAs(accepted.begun) : true };
}

/** The signed-in person's running sessions. */
export function ownSessions(session: Session): Promise<SessionView[]> {
  return systemSignIn((tx) => listSessions(tx, { userId: session.userId, currentId: session.id }));
}

/** Ends one of the person's other sessions by its id, or all others. */
export async function endOtherSessions(session: Session, only: string | null): Promise<number> {
  if (only === session.id) return 0;
  const { ip } = await caller();
  return systemSignIn((tx) =>
    endSessions(tx, { userId: session.userId, ip, ...(only ? { only } : { allBut: session.id }) }),
  );
}

/** Changes the signed-in person's password. Throws as `changePassword` does. */
export async function changeOwnPassword(
  session: Session,
  input: { currentPassword: string; password: string },
): Promise<void> {
  const { ip } = await caller();
  await changePassword(systemSignIn, { userId: session.userId, sessionId: session.id, ip, ...input });
  await rememberDevice(session.userId);
}

/** Invites a person into the place's district. Throws as `inviteUser` does. */
export function inviteHere(
  place: Place,
  input: { name: string; email: string; username: string | null; permissions: readonly Permission[] },
): Promise<string> {
  return inviteUser(systemSignIn, place.doors, input);
}

/** Ends the sessions of the person whom a change of their membership concerns, see `endSessionsAfterChange`. After the change's transaction. */
export async function endSessionsAfter(place: Place, change: UserChange): Promise<void> {
  const userId = change.endSessionsOf;
  if (userId) await systemSignIn((tx) => endSessionsAfterChange(tx, { userId, districtId: place.district.id }));
}
