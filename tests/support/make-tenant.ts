import { randomUUID } from "node:crypto";
import pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import type { Doors } from "@/lib/db/types";
import { env } from "@/lib/env";
import { type Actor, type Permission, permissions } from "@/lib/policy";
import { hashPassword } from "@/lib/users/password";

/** A district on Baton, with an admin who holds every permission. */
export type Tenant = { districtId: string; slug: string; name: string; ncesId: string; admin: Member };
export type Member = {
  userId: string;
  membershipId: string;
  email: string;
  username: string;
  actor: Actor;
  doors: Doors;
};

export const testPassword = "four quiet herons wade";
let hashed: Promise<string> | undefined;
let next = 0;

let held: { url: string; pool: pg.Pool } | undefined;

/** Runs one statement as the owner, who is past the fence: for setting a scene and for looking at what is really there. */
export async function asOwner<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
  const url = env().DATABASE_ADMIN_URL;
  if (held?.url !== url) {
    held = { url, pool: new pg.Pool({ connectionString: url, max: 3, allowExitOnIdle: true }) };
    // The database is dropped under it at the end.
    held.pool.on("error", () => undefined);
  }
  return (await held.pool.query<T>(statement, values)).rows;
}

/** Puts a district on Baton, its switch on unless said otherwise. */
export async function makeTenant(input: { name?: string; state?: string; switchOn?: boolean } = {}): Promise<Tenant> {
  const n = ++next;
  const name = input.name ?? `District ${n}`;
  const slug = `district-${n}`;
  const ncesId = String(9_000_000 + n);
  const [district] = await asOwner<{ id: string }>(
    "insert into district (nces_id, name, state, slug, case_transfers_on) values ($1, $2, $3, $4, $5) returning id",
    [ncesId, name, input.state ?? "TX", slug, input.switchOn ?? true],
  );
  const districtId = district?.id ?? "";
  await asOwner("insert into district_settings (district_id) values ($1)", [districtId]);
  const admin = await makeMember({ districtId }, { permissions });
  return { districtId, slug, name, ncesId, admin };
}

/** Gives a person a place in a district. With the e-mail of somebody who is there already, that person. */
export async function makeMember(
  tenant: Pick<Tenant, "districtId">,
  input: {
    permissions?: readonly Permission[];
    email?: string;
    name?: string;
    username?: string;
    joined?: boolean;
    password?: boolean;
  } = {},
): Promise<Member> {
  const n = ++next;
  const email = input.email ?? `person-${n}@example.com`;
  const username = input.username ?? `person-${n}`;
  const name = input.name ?? `Person ${n}`;
  const hash = input.password === false ? null : await (hashed ??= hashPassword(testPassword));
  const [user] = await asOwner<{ id: string }>(
    "insert into app_user (email, name, password_hash) values ($1, $2, $3) on conflict (email) do update set email = excluded.email returning id",
    [email, name, hash],
  );
  const userId = user?.id ?? "";
  const [membership] = await asOwner<{ id: string }>(
    "insert into membership (district_id, user_id, username, name, email, permissions, joined_at) values ($1, $2, $3, $4, $5, $6, $7) returning id",
    [
      tenant.districtId,
      userId,
      username,
      name,
      email,
      [...(input.permissions ?? [])],
      input.joined === false ? null : new Date(),
    ],
  );
  const membershipId = membership?.id ?? "";
  const actor: Actor = {
    userId,
    membershipId,
    districtId: tenant.districtId,
    name,
    permissions: new Set(input.permissions ?? []),
    ip: "192.0.2.1",
  };
  return { userId, membershipId, email, username, actor, doors: doorsFor(actor) };
}

/** An id of the right form that nothing has. */
export const nobodysId = (): string => randomUUID();

/** The actions in a district's audit log, oldest first. */
export async function auditActions(districtId: string): Promise<string[]> {
  const rows = await asOwner<{ action: string }>("select action from audit where district_id = $1 order by seq", [
    districtId,
  ]);
  return rows.map((row) => row.action);
}
