import { createHash, randomBytes } from "node:crypto";
import type { SystemTx } from "@/lib/db/types";
import type { Permission } from "@/lib/policy";

/** A session ends after 30 idle minutes and after 12 hours at the latest (trust.md, after NIST SP 800-63B, AAL2). */
export const idleMinutes = 30;
export const longestHours = 12;
/** For how long a second factor that was shown is fresh enough to purge, export, and administer users. */
const freshMinutes = 10;

export type SessionMembership = {
  districtId: string;
  slug: string;
  districtName: string;
  state: string;
  timeZone: string;
  membershipId: string;
  name: string;
  permissions: Permission[];
  /** Whether the district asks its people for a second factor. */
  secondFactorRequired: boolean;
};
export type Session = {
  id: string;
  userId: string;
  name: string;
  email: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** Since when the person has a second factor; null for none. */
  secondFactorSince: Date | null;
  /** Whether the second factor (the password of who has none) was shown within `freshMinutes`. */
  fresh: boolean;
  memberships: SessionMembership[];
};

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Starts a session; returns the random token that the cookie carries. Only its hash is stored. Drops sessions that are over. */
export async function startSession(
  tx: SystemTx,
  input: { userId: string; ip: string | null; agent: string | null },
): Promise<string> {
  await tx.$executeRaw`
    delete from session where last_seen_at < now() - make_interval(mins => ${idleMinutes}::int) or created_at < now() - make_interval(hours => ${longestHours}::int)`;
  const token = randomBytes(32).toString("base64url");
  // By the database's clock, which is the one that ends it.
  await tx.$executeRaw`
    insert into session (token_hash, user_id, ip, agent) values (${hashOf(token)}, ${input.userId}::uuid, ${input.ip}, ${input.agent?.slice(0, 300) ?? null})`;
  return token;
}

/** Ends the session everywhere that its cookie was copied to. */
export async function endSession(tx: SystemTx, token: string): Promise<void> {
  await tx.session.deleteMany({ where: { tokenHash: hashOf(token) } });
}

/**
 * The session of a token with the person's districts, or null when it has ended. Marks it as seen, at most once a minute; with `look`
 * it doesn't, so that a page can ask how long it has left without staying by that.
 */
export async function findSession(tx: SystemTx, token: string, look = false): Promise<Session | null> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      user_id: string;
      user_name: string;
      email: string;
      created_at: Date;
      last_seen_at: Date;
      enrolled_at: Date | null;
      fresh: boolean;
      district_id: string | null;
      slug: string;
      district_name: string;
      state: string;
      time_zone: string;
      membership_id: string;
      name: string;
      permissions: Permission[];
      required: boolean;
    }[]
  >`
    select s.id, s.user_id, u.name user_name, u.email, s.created_at, s.last_seen_at, u.totp_enrolled_at enrolled_at,
      s.factor_at > now() - make_interval(mins => ${freshMinutes}::int) fresh, m.district_id, d.slug, d.name district_name, d.state,
      coalesce(m.time_zone, 'America/Chicago') time_zone, m.id membership_id, m.name, m.permissions, coalesce(m.second_factor_required, false) required
    from session s
    join app_user u on u.id = s.user_id
    left join lateral (select m.*, x.time_zone, x.second_factor_required from membership m left join district_settings x on x.district_id = m.district_id
      where m.user_id = u.id and m.disabled_at is null and m.joined_at is not null) m on true
    left join district d on d.id = m.district_id
    where s.token_hash = ${hashOf(token)}
      and s.last_seen_at > now() - make_interval(mins => ${idleMinutes}::int) and s.created_at > now() - make_interval(hours => ${longestHours}::int)
    order by d.name`;
  const first = rows[0];
  if (!first) return null;
  // A page knows to the minute when its session ends: who was seen a moment ago isn't written again.
  const seen = look || Date.now() - first.last_seen_at.getTime() < 60_000 ? first.last_seen_at : new Date();
  if (seen !== first.last_seen_at)
    await tx.$executeRaw`update session set last_seen_at = now() where id = ${first.id}::uuid and last_seen_at < now() - interval '1 minute'`;
  return {
    id: first.id,
    userId: first.user_id,
    name: first.user_name,
    email: first.email,
    startedAt: first.created_at,
    lastSeenAt: seen,
    secondFactorSince: first.enrolled_at,
    fresh: first.fresh,
    memberships: rows
      .filter((row) => row.district_id !== null)
      .map((row) => ({
        districtId: row.district_id as string,
        slug: row.slug,
        districtName: row.district_name,
        state: row.state,
        timeZone: row.time_zone,
        membershipId: row.membership_id,
        name: row.name,
        permissions: row.permissions,
        secondFactorRequired: row.required,
      })),
  };
}
