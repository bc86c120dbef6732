import type { SystemTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { auditPerson } from "@/lib/users/audit-person";
import type { SignInDoor } from "@/lib/users/sign-in";

/**
 * Turns the person's own second factor off, unless a district of theirs requires one. Turning off twice is once. Throws
 * `factor-required` with the district.
 */
export function removeFactor(system: SignInDoor, input: { userId: string; ip: string | null }): Promise<void> {
  const { userId, ip } = input;
  return system(async (tx) => {
    const [asks] = await tx.$queryRaw<{ name: string }[]>`
      select d.name from membership m join district_settings x on x.district_id = m.district_id and x.second_factor_required
      join district d on d.id = m.district_id
      where m.user_id = ${userId}::uuid and m.disabled_at is null and m.joined_at is not null order by d.name limit 1`;
    if (asks) throw new DomainError("factor-required", { district: asks.name });
    if (await takeFactor(tx, userId)) await auditPerson(tx, { userId, ip, action: "factor.remove" });
  });
}

/** Takes the person's second factor and recovery codes away; false when there was none. */
export async function takeFactor(tx: SystemTx, userId: string): Promise<boolean> {
  const { count } = await tx.appUser.updateMany({
    where: { id: userId, totpSecret: { not: null } },
    data: { totpSecret: null, totpEnrolledAt: null, totpLastStep: null, totpRemovedAt: new Date() },
  });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.halfSession.deleteMany({ where: { userId } });
  return count === 1;
}
