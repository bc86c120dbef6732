import type { SystemTx } from "@/lib/db/types";

/** A person has a new password: the links that they asked for and that are still out die. The caller holds the person's row. */
export async function closeResets(tx: SystemTx, userId: string): Promise<void> {
  await tx.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: new Date() } });
}
