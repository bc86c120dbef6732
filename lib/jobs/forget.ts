import { systemJobs, systemSignIn } from "@/lib/db/system";
import { halfMinutes } from "@/lib/users/begin-session";
import { idleMinutes, longestHours } from "@/lib/users/session";

const attemptHours = 24;
const draftDays = 7;

/** Forgets counted tries whose window is long over, sessions and half ones that have ended, and links for new passwords that ran out. */
export async function forgetSignIns(): Promise<number> {
  return systemSignIn(async (tx) => {
    // Rows that a sign-in holds just now wait for the next time: several at once are never waited for.
    const attempts = await tx.$executeRaw`
      delete from attempt where key in (
        select key from attempt where since < now() - make_interval(hours => ${attemptHours}::int) for update skip locked)`;
    const sessions = await tx.$executeRaw`
      delete from session where last_seen_at < now() - make_interval(mins => ${idleMinutes}::int) or created_at < now() - make_interval(hours => ${longestHours}::int)`;
    const halves = await tx.$executeRaw`
      delete from half_session where created_at < now() - make_interval(mins => ${halfMinutes}::int)`;
    const resets = await tx.$executeRaw`delete from password_reset where expires_at < now() - interval '1 day'`;
    return attempts + sessions + halves + resets;
  });
}

/** Forgets drafts of transfers that weren't sent within a week. */
export async function forgetDrafts(): Promise<number> {
  return systemJobs(
    (tx) =>
      tx.$executeRaw`delete from dispatch where sent_at is null and created_at < now() - make_interval(days => ${draftDays}::int)`,
  );
}
