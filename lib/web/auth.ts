import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import { getServerSession } from "next-auth";
import { encode } from "next-auth/jwt";
import { cache } from "react";
import { systemSignIn } from "@/lib/db/system";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { halfMinutes } from "@/lib/users/begin-session";
import { credentialsOf, knownDeviceDays, withDevice } from "@/lib/users/known-device";
import { endSession, findSession, longestHours, type Session } from "@/lib/users/session";
import { addressIn } from "@/lib/web/caller-address";
import { cookieName } from "@/lib/web/session-cookie";

declare module "next-auth" {
  interface Session {
    token?: string;
  }
}

const secure = () => env().APP_URL.startsWith("https://");
const halfName = () => (secure() ? "__Host-baton-half" : "baton-half");
const devicesName = () => (secure() ? "__Host-baton-devices" : "baton-devices");

/** A cookie that can't be read is nobody's, and no event: next-auth would print a page about each. Its codes name the kind alone. */
const quiet = Object.fromEntries(
  (["error", "warn", "debug"] as const).map((level) => [
    level,
    (code: unknown) => log.debug({ level, code: String(code) }, "next-auth"),
  ]),
);

/**
 * next-auth keeps the cookie: signed, encrypted, httpOnly. What's in it is a random token alone; the session row behind it is looked
 * up on every request, so a copied cookie dies with the row. Signing in is a form of ours (sign-in must work without script).
 */
function options(): NextAuthOptions {
  return {
    providers: [],
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: longestHours * 3600 },
    cookies: { sessionToken: { name: cookieName(), options: cookieOptions() } },
    logger: quiet,
    callbacks: {
      jwt: ({ token }) => token,
      session: ({ session, token }) => (typeof token.baton === "string" ? { ...session, token: token.baton } : session),
    },
  };
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: secure(), path: "/" } as const;
}

/** Sets the cookie of a session that was just started, and the one by which the browser is known to its person from now on. */
export async function setSessionCookie(token: string): Promise<void> {
  const value = await encode({ token: { baton: token }, secret: env().NEXTAUTH_SECRET, maxAge: longestHours * 3600 });
  (await cookies()).set(cookieName(), value, { ...cookieOptions(), maxAge: longestHours * 3600 });
  const session = await systemSignIn((tx) => findSession(tx, token, true));
  if (session) await rememberDevice(session.userId);
}

/** The browser is known to this person, who is signed in whole, by the credentials as they are now: after they were changed, too. */
export async function rememberDevice(userId: string): Promise<void> {
  const credentials = (await systemSignIn((tx) => credentialsOf(tx, [userId]))).get(userId);
  if (credentials === undefined) return;
  const devices = withDevice(await knownDevices(), { id: userId, credentials });
  (await cookies()).set(devicesName(), devices, { ...cookieOptions(), maxAge: knownDeviceDays * 86_400 });
}

/** The cookie of the people who signed in with this browser before; empty where there's none. See lib/users/known-device. */
export async function knownDevices(): Promise<string> {
  return (await cookies()).get(devicesName())?.value ?? "";
}

/** Sets the cookie of who gave the password and still has to give the second factor. It opens nothing: its token is no session's. */
export async function setHalfCookie(token: string): Promise<void> {
  (await cookies()).set(halfName(), token, { ...cookieOptions(), maxAge: halfMinutes * 60 });
}

/** The token of a half session; null where there's no such cookie. */
export async function halfToken(): Promise<string | null> {
  return (await cookies()).get(halfName())?.value ?? null;
}

/** Takes the cookie of the half session away. */
export async function dropHalf(): Promise<void> {
  (await cookies()).delete({ name: halfName(), ...cookieOptions() });
}

async function sessionToken(): Promise<string | null> {
  const session = await getServerSession(options());
  return session?.token ?? null;
}

/** The signed-in person's session, checked against its row once per request; null when there's none or it has ended. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await sessionToken();
  return token ? systemSignIn((tx) => findSession(tx, token)) : null;
});

/** As `currentSession`, but looking at it doesn't make it last longer. */
export async function lookAtSession(): Promise<Session | null> {
  const token = await sessionToken();
  return token ? systemSignIn((tx) => findSession(tx, token, true)) : null;
}

/** Ends the current session and takes its cookie away. */
export async function dropSession(): Promise<void> {
  const token = await sessionToken();
  if (token) await systemSignIn((tx) => endSession(tx, token));
  (await cookies()).delete({ name: cookieName(), ...cookieOptions() });
}

/** The caller's address as far as the server can know it (see `addressIn`); null where it can't. */
export async function callerAddress(): Promise<string | null> {
  return addressIn(await headers(), env().PROXY_HOPS);
}
