import type { DistrictTx } from "@/lib/db/types";
import { demandRetention } from "@/lib/documents/retention-access";
import type { Actor } from "@/lib/policy";

export type CertificateRow = {
  id: string;
  number: string;
  kind: "documents" | "cases";
  records: number;
  /** Null for somebody who isn't on the roster. */
  sisId: string | null;
  purgedAt: Date;
  purgedBy: string;
  proposedBy: string | null;
};
export const certificatesPerPage = 50;

/** Every certificate of the district, the newest first; `q` finds one by its number or by the student's SIS ID. Throws `forbidden`. */
export async function listCertificates(
  tx: DistrictTx,
  actor: Actor,
  input: { q: string; page: number },
): Promise<{ rows: CertificateRow[]; total: number; page: number }> {
  demandRetention(actor);
  const [page, q] = [Math.max(1, input.page), input.q.trim().toUpperCase()];
  const rows = await tx.$queryRaw<(CertificateRow & { total: number })[]>`
    select c.id, c.number, c.kind, jsonb_array_length(c.items) as records, s.sis_id as "sisId", c.purged_at as "purgedAt", c.purged_by_name as "purgedBy", c.proposed_by_name as "proposedBy",
      count(*) over ()::int as total
    from purge_certificate c left join student s on s.district_id = c.district_id and s.id = c.student_id
    where c.district_id = current_district() and (${q} = '' or c.number = ${q} or upper(s.sis_id) = ${q})
    order by c.purged_at desc, c.number desc limit ${certificatesPerPage}::int offset ${(page - 1) * certificatesPerPage}::int`;
  if (rows.length === 0 && page > 1) return listCertificates(tx, actor, { ...input, page: 1 });
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, page };
}
