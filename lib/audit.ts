import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/** What is written down: never a name, title, code or text of a record; ids and counts only. */
export type AuditEntry = {
  /** noun.verb, as the state table and product.md call it: case.read, transfer.unlock */
  action: string;
  subject?: "case" | "student" | "attachment" | "document" | "transfer" | "request" | "user" | "proposal" | "district";
  subjectId?: string;
  detail?: Record<string, string | number | boolean | null>;
  /** The other district of a transfer, which learns of it too; needs `transferId`. */
  districtId?: string;
  transferId?: string;
};

const pending = new WeakMap<DistrictTx, AuditEntry[]>();

/** Puts an entry on the caller's transaction. It's written, chained, with the transaction's last statement, or not at all. */
export function audit(tx: DistrictTx, entry: AuditEntry): void {
  const entries = pending.get(tx);
  if (entries) entries.push(entry);
  else pending.set(tx, [entry]);
}

/** Writes what `audit` collected. Called by the doors alone, last: it takes the lock of each district's chain. */
export async function flushAudit(tx: DistrictTx, actor: Actor): Promise<void> {
  const entries = pending.get(tx);
  if (!entries) return;
  pending.delete(tx);
  const rows = entries.map((entry) => {
    const own = !entry.districtId || entry.districtId === actor.districtId;
    return {
      ...entry,
      districtId: entry.districtId ?? actor.districtId,
      // The other district learns which district acted, not who in it.
      actorId: own ? actor.membershipId : null,
      actorName: own ? actor.name : null,
      ip: own ? actor.ip : null,
    };
  });
  await tx.$queryRaw`select audit_append(${JSON.stringify(rows)}::jsonb)::text`;
}
