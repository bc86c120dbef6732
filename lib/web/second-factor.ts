import { headers } from "next/headers";
import { systemSignIn } from "@/lib/db/system";
import { confirmFactor } from "@/lib/users/confirm-factor";
import { type Enrolment, enrolFactor, findEnrolment } from "@/lib/users/enrol-factor";
import { finishSignIn } from "@/lib/users/finish-sign-in";
import { removeFactor } from "@/lib/users/remove-factor";
import { countRecoveryCodes, renewRecoveryCodes } from "@/lib/users/renew-recovery-codes";
import { findFactorOf, resetFactor } from "@/lib/users/reset-factor";
import type { Session } from "@/lib/users/session";
import { callerAddress, dropHalf, halfToken, knownDevices, rememberDevice, setSessionCookie } from "@/lib/web/auth";
import type { Place } from "@/lib/web/guard";

/** What the sign-in door has to do with second factors, one named thing at a time, for pages and actions. */

/** The second half of the caller's sign-in; false when the first was too long ago. Throws as `finishSignIn` does. */
export async function finishHere(typed: string): Promise<boolean> {
  const half = await halfToken();
  if (half === null) return false;
  const [ip, agent] = [await callerAddress(), (await headers()).get("user-agent")];
  const token = await finishSignIn(systemSignIn, { half, typed, ip, agent, devices: await knownDevices() });
  await dropHalf();
  await setSessionCookie(token);
  return true;
}

/** Shows the signed-in person's factor once more. Throws as `confirmFactor` does. */
export async function confirmHere(session: Session, typed: string): Promise<void> {
  const { userId, id: sessionId } = session;
  await confirmFactor(systemSignIn, { userId, sessionId, typed, ip: await callerAddress() });
}

/** What the signed-in person is setting up here; null when they have a second factor already. */
export function enrolmentOf(session: Session): Promise<Enrolment | null> {
  const { userId, id: sessionId, email } = session;
  return systemSignIn((tx) => findEnrolment(tx, { userId, sessionId, email }));
}

/** Sets up the signed-in person's second factor; gives their recovery codes. Throws as `enrolFactor` does. */
export async function enrolHere(session: Session, code: string): Promise<string[]> {
  const { userId, id: sessionId } = session;
  const codes = await enrolFactor(systemSignIn, { userId, sessionId, code, ip: await callerAddress() });
  await rememberDevice(userId);
  return codes;
}

/** Turns the signed-in person's second factor off. Throws as `removeFactor` does. */
export async function removeHere(session: Session): Promise<void> {
  await removeFactor(systemSignIn, { userId: session.userId, ip: await callerAddress() });
  await rememberDevice(session.userId);
}

/** New recovery codes for the signed-in person. Throws as `renewRecoveryCodes` does. */
export async function renewCodesHere(session: Session): Promise<string[]> {
  return renewRecoveryCodes(systemSignIn, { userId: session.userId, ip: await callerAddress() });
}

/** How many recovery codes the signed-in person has left. */
export function recoveryCodesLeft(session: Session): Promise<number> {
  return systemSignIn((tx) => countRecoveryCodes(tx, session.userId));
}

/** Takes a colleague's second factor away. Throws as `resetFactor` does. */
export function resetFactorHere(place: Place, id: string): Promise<void> {
  return resetFactor(systemSignIn, place.actor, { id });
}

/** Since when a user of the place's district has a second factor; null for none. */
export function factorOfUser(place: Place, id: string): Promise<Date | null> {
  return systemSignIn((tx) => findFactorOf(tx, place.actor, id));
}
