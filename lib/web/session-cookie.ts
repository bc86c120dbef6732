import { decode } from "next-auth/jwt";
import { env } from "@/lib/env";

/** The name of the cookie that holds the session. */
export const cookieName = () => (env().APP_URL.startsWith("https://") ? "__Host-baton-session" : "baton-session");

/** The token in a session's cookie that was made here, whether or not its session has ended; null for anything else. */
export async function tokenIn(cookie: string | undefined): Promise<string | null> {
  const token = await decode({ ...(cookie && { token: cookie }), secret: env().NEXTAUTH_SECRET }).catch(() => null);
  return typeof token?.baton === "string" ? token.baton : null;
}
