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
