import type { DistrictTx } from "@/lib/db/types";
import { basisDetail, noticeWords, type StatedBasis } from "@/lib/disclosures/disclosure-words";

/** What stands behind the legal basis of a transfer that the own district sent, in sentences; none for one that came in. */
export async function findStatement(tx: DistrictTx, transferId: string): Promise<string[]> {
  const [stated] = await tx.$queryRaw<StatedBasis[]>`
    select t.legal_basis "legalBasis", b.threat, b.consent_on::text "consentOn", b.notice, b.notice_on::text "noticeOn", b.notice_method "noticeMethod", b.notice_by "noticeBy", q.reference request
    from transfer t left join transfer_basis b on b.district_id = t.sending_district_id and b.transfer_id = t.id left join record_request q on q.id = t.request_id
    where t.id = ${transferId}::uuid and t.sending_district_id = current_district()`;
  return stated ? [basisDetail(stated), noticeWords(stated)].filter(Boolean) : [];
}
