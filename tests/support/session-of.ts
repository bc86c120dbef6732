import type { Begun } from "@/lib/users/begin-session";

/** The token of a session that was begun whole. */
export function sessionOf(begun: Begun | null): string {
  if (!begun || !("session" in begun)) throw new Error("no whole session was begun");
  return begun.session;
}
