import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { chooseDocuments } from "@/lib/transfers/choose-documents";

/**
 * **Redo transfer**: a draft of what a reported transfer carried, from the originals that are still there. The reported one is redone only
 * when the new one is sent. Throws `forbidden`, `not-there`, `transfer-moved`, `no-documents` where no original is left.
 */
export async function redoTransfer(
  tx: DistrictTx,
  actor: Actor,
  input: { transferId: string },
): Promise<{ studentId: string; dispatchId: string }> {
  demand(actor, "manageDocuments");
  const { transferId } = input;
  const [row] = await tx.$queryRaw<{ status: string; student_id: string; document_ids: string[] }[]>`
    select t.status, p.student_id, (select coalesce(array_agg(x.document_id), '{}') from transfer_document x where x.transfer_id = t.id and x.document_id is not null) document_ids
    from transfer t join dispatch p on p.district_id = t.sending_district_id and p.id = t.dispatch_id
    where t.id = ${transferId}::uuid and t.kind = 'documents' and t.sending_district_id = ${actor.districtId}::uuid`;
  if (!row) throw new DomainError("not-there");
  if (row.status !== "reported") throw new DomainError("transfer-moved");
  const { dispatchId } = await chooseDocuments(tx, actor, {
    studentId: row.student_id,
    documentIds: row.document_ids,
    redoOf: transferId,
  });
  return { studentId: row.student_id, dispatchId };
}
