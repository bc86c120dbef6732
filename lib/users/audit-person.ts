import type { SystemTx } from "@/lib/db/types";

/**
 * Writes an entry about a person into the audit log of each district where they are a member, or of the one named: what they did
 * outside of a district (signing in, a new password). Takes the chains' locks: the transaction's last statement.
 */
export async function auditPerson(
  tx: SystemTx,
  entry: { userId: string; action: string; ip: string | null; districtId?: string; detail?: Record<string, string> },
): Promise<void> {
  await tx.$queryRaw`
    select audit_append(coalesce(jsonb_agg(jsonb_build_object('districtId', m.district_id, 'actorId', m.id, 'actorName', m.name, 'ip', ${entry.ip}::text,
      'action', ${entry.action}::text, 'subject', 'user', 'subjectId', m.id, 'detail', ${JSON.stringify(entry.detail ?? {})}::jsonb)), '[]'))::text
    from membership m
    where m.user_id = ${entry.userId}::uuid and m.disabled_at is null and m.joined_at is not null
      and (${entry.districtId ?? null}::uuid is null or m.district_id = ${entry.districtId ?? null}::uuid)`;
}
