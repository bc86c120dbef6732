import type { SystemTx } from "@/lib/db/types";
import { idleMinutes, longestHours } from "@/lib/users/session";

export type SessionView = {
  id: string;
  device: string;
  ip: string | null;
  startedAt: Date;
  lastSeenAt: Date;
  current: boolean;
};

/** The person's own running sessions, the current one first, then the latest seen. */
export async function listSessions(tx: SystemTx, input: { userId: string; currentId: string }): Promise<SessionView[]> {
  const rows = await tx.$queryRaw<
    { id: string; ip: string | null; agent: string | null; created_at: Date; last_seen_at: Date }[]
  >`
    select id, ip, agent, created_at, last_seen_at from session
    where user_id = ${input.userId}::uuid and last_seen_at > now() - make_interval(mins => ${idleMinutes}::int) and created_at > now() - make_interval(hours => ${longestHours}::int)
    order by id = ${input.currentId}::uuid desc, last_seen_at desc`;
  return rows.map((row) => ({
    id: row.id,
    device: deviceOf(row.agent),
    ip: row.ip,
    startedAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    current: row.id === input.currentId,
  }));
}

/** Browser and system in words that a person recognises; a user agent string says too much to be exact. */
export function deviceOf(agent: string | null): string {
  if (!agent) return "Unknown device";
  const browser = /Edg(?:e|A|iOS)?\//.test(agent)
    ? "Edge"
    : /Firefox\/|FxiOS\//.test(agent)
      ? "Firefox"
      : /Chrome\/|CriOS\//.test(agent)
        ? "Chrome"
        : /Safari\//.test(agent)
          ? "Safari"
          : "Browser";
  const system = /iPhone/.test(agent)
    ? "iPhone"
    : /iPad/.test(agent)
      ? "iPad"
      : /Android/.test(agent)
        ? "Android"
        : /CrOS/.test(agent)
          ? "Chromebook"
          : /Windows/.test(agent)
            ? "Windows"
            : /Mac OS X|Macintosh/.test(agent)
              ? "Mac"
              : /Linux/.test(agent)
                ? "Linux"
                : "unknown system";
  return `${browser} on ${system}`;
}
