import type { SystemTx } from "@/lib/db/types";

/**
 * A person has a new password: the links that are out for districts they joined could set another, and die. Those of districts that
 * they're invited to stay good; they ask for the password. The caller holds the person's row.
 */
export async function closeInvitations(tx: SystemTx, userId: string): Promise<void> {
  await tx.$executeRaw`
    update invitation i set used_at = now() from membership m
    where m.user_id = ${userId}::uuid and m.joined_at is not null and m.district_id = i.district_id and m.id = i.membership_id and i.used_at is null`;
}
