import { randomUUID } from "node:crypto";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { countResetAsk } from "@/lib/users/count-try";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * Mails a link for a new password to who signs in with the address, if there is such a person in a district; one mail, whatever number
 * of districts. For everybody else it does the same work for nobody, so that neither the answer nor its time tells which addresses are
 * known. Three for an address in an hour, thirty from one caller. Throws `locked-out`, for the caller alone.
 */
export async function requestReset(system: SignInDoor, input: { email: string; ip: string | null }): Promise<void> {
  const email = input.email.trim().toLowerCase();
  const asked = await system((tx) => countResetAsk(tx, email, input.ip));
  if (asked.lockedMinutes > 0) throw new DomainError("locked-out", { minutes: asked.lockedMinutes });
  await system(async (tx) => {
    const [found] = await tx.$queryRaw<{ district_id: string; id: string }[]>`
      select m.district_id, m.id from app_user u join membership m on m.user_id = u.id and m.email = u.email
      where u.email = ${email} and m.disabled_at is null and m.joined_at is not null
      order by m.joined_at, m.id limit 1`;
    const member = asked.tooMany || !found ? { district_id: randomUUID(), id: randomUUID() } : found;
    await outbox(tx, "notify", {
      event: "password-reset",
      districtId: member.district_id,
      membershipId: member.id,
      // A double click is one mail.
      key: `password-reset:${member.id}:${Math.floor(Date.now() / 60_000)}`,
    });
  });
}
