import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { demand, type Permission } from "@/lib/policy";
import type { SignInDoor } from "@/lib/users/sign-in";
import { usernameFromEmail, usernamePattern } from "@/lib/users/username";

/**
 * Invites a person into the actor's district: a membership that isn't joined yet, and a mail with a link. Whether somebody signs in
 * with that address already, in another district, makes no difference to what happens here or to how long it takes.
 * Without a `username` the e-mail gives it, with a number where it's taken. Returns the membership's id.
 * Throws `forbidden`, `already-member`, `name-taken`, `bad-value`.
 */
export async function inviteUser(
  system: SignInDoor,
  doors: Doors,
  input: { name: string; email: string; username: string | null; permissions: readonly Permission[] },
): Promise<string> {
  const { actor } = doors;
  demand(actor, "manageDistrict");
  const email = input.email.trim().toLowerCase();
  const wanted = input.username?.trim().toLowerCase() || null;
  if (wanted !== null && !usernamePattern.test(wanted)) throw new DomainError("bad-value", { field: "username" });
  // A person without password and membership, left behind where the second step fails, is nobody: the next invitation takes them up.
  const userId = await system(async (tx) => {
    await tx.$executeRaw`insert into app_user (email, name) values (${email}, ${input.name}) on conflict (email) do nothing`;
    const [row] = await tx.$queryRaw<[{ id: string }]>`select id from app_user where email = ${email}`;
    return row.id;
  });
  return doors.district(async (tx) => {
    const base = wanted ?? usernameFromEmail(email);
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      insert into membership (district_id, user_id, username, name, email, permissions)
      select ${actor.districtId}::uuid, ${userId}::uuid, u.username, ${input.name}, ${email}, ${[...input.permissions]}::text[]
      from (
        select case when i = 1 then ${base}::text else left(${base}::text, 60) || i end username, i
        from generate_series(1, ${wanted ? 1 : 999}::int) i) u
      where not exists (select 1 from membership m where m.district_id = ${actor.districtId}::uuid and m.username = u.username)
      order by u.i limit 1
      on conflict do nothing returning id`;
    if (!row) {
      const [member] = await tx.$queryRaw<{ disabled: boolean }[]>`
        select disabled_at is not null disabled from membership where district_id = ${actor.districtId}::uuid and user_id = ${userId}::uuid`;
      throw member
        ? new DomainError("already-member", { disabled: member.disabled })
        : new DomainError("name-taken", { field: "username" });
    }
    await outbox(tx, "notify", {
      event: "invitation",
      districtId: actor.districtId,
      membershipId: row.id,
      key: `invitation:${row.id}`,
    });
    audit(tx, {
      action: "user.invite",
      subject: "user",
      subjectId: row.id,
      detail: { permissions: [...input.permissions].join(" ") },
    });
    return row.id;
  });
}
