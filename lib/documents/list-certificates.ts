import { sql } from "@/lib/db/sql";
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
/** More aren't counted. */
export const mostCertificates = 1_000;
const certificateNumber = /^P-\d{4}-\d+$/i;

/**
 * Every certificate of the district, the newest first; `q` finds one by its number, or those of a student by their SIS ID, as it's written.
 * Counted up to `mostCertificates`. Throws `forbidden`.
 */
export async function listCertificates(
  tx: DistrictTx,
  actor: Actor,
  input: { q: string; page: number },
): Promise<{ rows: CertificateRow[]; total: number; more: boolean; page: number }> {
  demandRetention(actor);
  const q = input.q.trim();
  const asked = certificateNumber.test(q)
    ? sql`and c.number = ${q.toUpperCase()}`
    : q
      ? sql`and c.student_id = (select s.id from student s where s.district_id = current_district() and s.sis_id = ${q})`
      : sql``;
  const [{ found }] = await tx.$queryRaw<[{ found: number }]>`
    select count(*)::int found from (
      select 1 from purge_certificate c where c.district_id = current_district() ${asked} limit ${mostCertificates + 1}::int) x`;
  const total = Math.min(found, mostCertificates);
  const page = Math.min(Math.max(1, input.page), Math.max(1, Math.ceil(total / certificatesPerPage)));
  const rows = await tx.$queryRaw<CertificateRow[]>`
    select c.id, c.number, c.kind, jsonb_array_length(c.items) as records, s.sis_id as "sisId", c.purged_at as "purgedAt", c.purged_by_name as "purgedBy", c.proposed_by_name as "proposedBy"
    from purge_certificate c left join student s on s.district_id = c.district_id and s.id = c.student_id
    where c.district_id = current_district() ${asked}
    order by c.purged_at desc, c.number desc limit ${certificatesPerPage}::int offset ${(page - 1) * certificatesPerPage}::int`;
  return { rows, total, more: found > mostCertificates, page };
}
