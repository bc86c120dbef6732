import type { SystemTx } from "@/lib/db/types";
import { auditPerson } from "@/lib/users/audit-person";

/**
 * Ends sessions of the person: one by its id, all but one, or all. Where there's none to end, nothing happens: it ended meanwhile.
 * Returns how many ended.
 */
export async function endSessions(
  tx: SystemTx,
  input: { userId: string; ip: string | null } & ({ only: string } | { allBut: string } | { all: true }),
): Promise<number> {
  const { count } = await tx.session.deleteMany({
    where: {
      userId: input.userId,
      ...("only" in input ? { id: input.only } : "allBut" in input ? { id: { not: input.allBut } } : {}),
    },
  });
  if (count > 0) await auditPerson(tx, { userId: input.userId, ip: input.ip, action: "user.sign-out" });
  return count;
}

/**
 * Ends a person's sessions because their membership of a district changed, so that copies of their cookie die; unless they work in another
 * district as well: no district signs anybody out of another. What they may do is read with every request anyway.
 */
export async function endSessionsAfterChange(
  tx: SystemTx,
  input: { userId: string; districtId: string },
): Promise<void> {
  await tx.$executeRaw`
    delete from session s where s.user_id = ${input.userId}::uuid and not exists (
      select 1 from membership m where m.user_id = s.user_id and m.district_id <> ${input.districtId}::uuid and m.joined_at is not null and m.disabled_at is null)`;
}
