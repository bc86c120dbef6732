import type { SessionTimes } from "@/components/frame/session-end";
import { idleMinutes, longestHours, type Session } from "@/lib/users/session";

/** When a session ends: by idleness, and at the latest. */
export function sessionTimes(session: Pick<Session, "startedAt" | "lastSeenAt">): SessionTimes {
  return {
    idleEndsAt: session.lastSeenAt.getTime() + idleMinutes * 60_000,
    absoluteEndsAt: session.startedAt.getTime() + longestHours * 3_600_000,
  };
}
