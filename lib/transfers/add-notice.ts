import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { type BasisStatement, nothingStated, stateBasis } from "@/lib/disclosures/state-basis";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { findTransferRow, transferNeeds } from "@/lib/transfers/list-transfers";
import type { TransferKind } from "@/lib/transfers/state";

/** The yearly notice tells only of what the other district asked for (34 CFR 99.34(a)(1)(ii)): these transfers answer no request. */
export const laterNotices = ["told", "asked"] as const;
export type LaterNotice = Pick<BasisStatement, "noticeOn" | "noticeMethod" | "noticeBy"> & {
  notice: (typeof laterNotices)[number];
};

/**
 * Records the parent notice of a transfer that the own district sent without one (34 CFR 99.34(a)(1)): once, after which it stays as it
 * was stated, beside the transfer and in the disclosure record. For enrollment alone, and where no record request stands behind it.
 * Throws `forbidden`, `not-there`, `notice-settled`, `bad-value`.
 */
export async function addNotice(
  tx: DistrictTx,
  actor: Actor,
  { transferId, kind, ...stated }: LaterNotice & { transferId: string; kind: TransferKind },
): Promise<void> {
  demand(actor, transferNeeds[kind]);
  const transfer = await findTransferRow(tx, kind, transferId);
  if (transfer?.side !== "outgoing") throw new DomainError("not-there");
  if (stated.notice === "told" && !stated.noticeOn) throw new DomainError("bad-value", { field: "noticeOn" });
  if (!(await takesNotice(tx, transferId))) throw new DomainError("notice-settled");
  const told = stated.notice === "told" ? stated : { notice: stated.notice };
  const added = await stateBasis(tx, actor, [transferId], { ...nothingStated, ...told });
  if (added === 0) throw new DomainError("notice-settled");
  audit(tx, {
    action: "transfer.notice",
    subject: "transfer",
    subjectId: transferId,
    detail: { notice: stated.notice },
  });
}

/** Whether a transfer of the own district still has its parent notice to come. */
export async function takesNotice(tx: DistrictTx, transferId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ open: boolean }]>`
    select exists (select 1 from transfer t where t.id = ${transferId}::uuid and t.sending_district_id = current_district()
      and t.legal_basis = 'enrollment' and t.request_id is null and t.status not in ('preparing', 'failed', 'cancelled', 'expired')
      and not exists (select 1 from transfer_basis b where b.district_id = t.sending_district_id and b.transfer_id = t.id)) "open"`;
  return row.open;
}
