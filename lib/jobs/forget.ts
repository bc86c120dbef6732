import { systemJobs, systemSignIn } from "@/lib/db/system";
import { idleMinutes, longestHours } from "@/lib/users/session";

const attemptHours = 24;
const draftDays = 7;

/** Forgets counted tries whose window is long over, and sessions that have ended. */
export async function forgetSignIns(): Promise<number> {
  return systemSignIn(async (tx) => {
    // Rows that a sign-in holds just now wait for the next time: several at once are never waited for.
    const attempts = await tx.$executeRaw`
      delete from attempt where key in (
        select key from attempt where since < now() - make_interval(hours => ${attemptHours}::int) for update skip locked)`;
    const sessions = await tx.$executeRaw`
      delete from session where last_seen_at < now() - make_interval(mins => ${idleMinutes}::int) or created_at < now() - make_interval(hours => ${longestHours}::int)`;
    return attempts + sessions;
  });
}

/** Forgets drafts of transfers that weren't sent within a week. */
export async function forgetDrafts(): Promise<number> {
  return systemJobs(
    (tx) =>
      tx.$executeRaw`delete from dispatch where sent_at is null and created_at < now() - make_interval(days => ${draftDays}::int)`,
  );
}
