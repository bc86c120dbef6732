import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand, type Permission, presets } from "@/lib/policy";

export type UserStatus = "invited" | "active" | "disabled";
export type PresetName = keyof typeof presets;

export type UserView = {
  /** The membership's id: what a user is called by inside a district. */
  id: string;
  name: string;
  email: string;
  username: string;
  permissions: Permission[];
  /** The preset that the permissions are exactly, if any. */
  preset: PresetName | null;
  status: UserStatus;
  /** Until when the newest invitation can be used; null when none is out. */
  invitedUntil: Date | null;
  joinedAt: Date | null;
  /** Whether it's the actor. */
  you: boolean;
};
export type UserPage = { users: UserView[]; total: number; page: number; pages: number };

export const usersPerPage = 50;

/**
 * The district's users by name, fifty a page; `q`: words that stand in name, e-mail or username; `status`: only those.
 * Throws `forbidden`.
 */
export async function listUsers(
  tx: DistrictTx,
  actor: Actor,
  input: { q?: string; status?: UserStatus | null; page?: number } = {},
): Promise<UserPage> {
  demand(actor, "manageDistrict");
  const page = Math.max(1, input.page ?? 1);
  const rows = await tx.$queryRaw<(UserRow & { total: number })[]>`
    select m.id, m.name, m.email, m.username, m.permissions, m.joined_at, m.disabled_at, i.until, count(*) over ()::int total
    from membership m
    left join lateral (select max(i.expires_at) until from invitation i
      where i.district_id = m.district_id and i.membership_id = m.id and i.used_at is null and i.expires_at > now()) i on true
    where m.district_id = ${actor.districtId}::uuid
      and not exists (select 1 from unnest(string_to_array(norm(${(input.q ?? "").slice(0, 200)}), ' ')) w
        where w <> '' and norm(m.name || ' ' || m.email || ' ' || m.username) not like '%' || w || '%')
      and (${input.status ?? null}::text is null or ${input.status ?? null}::text =
        case when m.disabled_at is not null then 'disabled' when m.joined_at is null then 'invited' else 'active' end)
    order by lower(m.name), m.id
    limit ${usersPerPage} offset ${(page - 1) * usersPerPage}`;
  const total = rows[0]?.total ?? 0;
  // A page past the end, because users were disabled meanwhile: the first one instead.
  if (rows.length === 0 && page > 1) return listUsers(tx, actor, { ...input, page: 1 });
  return {
    users: rows.map((row) => userOf(row, actor)),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / usersPerPage)),
  };
}

export type UserRow = {
  id: string;
  name: string;
  email: string;
  username: string;
  permissions: Permission[];
  joined_at: Date | null;
  disabled_at: Date | null;
  until: Date | null;
};

/** A row of `membership` with its invitation, as the screen needs it. */
export function userOf(row: UserRow, actor: Actor): UserView {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    username: row.username,
    permissions: row.permissions,
    preset: presetOf(row.permissions),
    status: row.disabled_at ? "disabled" : row.joined_at ? "active" : "invited",
    invitedUntil: row.until,
    joinedAt: row.joined_at,
    you: row.id === actor.membershipId,
  };
}

/** The preset whose permissions these are, in any order; null when they're a set of their own. */
export function presetOf(permissions: readonly Permission[]): PresetName | null {
  const has = new Set<Permission>(permissions);
  for (const [name, list] of Object.entries(presets) as [PresetName, readonly Permission[]][]) {
    if (list.length === has.size && list.every((permission) => has.has(permission))) return name;
  }
  return null;
}
