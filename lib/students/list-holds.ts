import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";
import { seenCase, seenStudent } from "@/lib/students/student-access";

export type HoldRow = {
  id: string;
  on: "student" | "case";
  /** Of a hold on a student, or the one whom a held case is about; null where the actor doesn't see that student or case. */
  person: { studentId: string | null; givenName: string; familyName: string; sisId: string | null } | null;
  /** Of a hold on a single case that the actor sees. */
  case: { id: string; number: string } | null;
  reason: string;
  placed: { at: Date; by: string };
  lifted: { at: Date; by: string; reason: string } | null;
};
export const holdsPerPage = 50;

type Row = {
  id: string;
  on: "student" | "case";
  seen: boolean;
  studentId: string | null;
  givenName: string;
  familyName: string;
  sisId: string | null;
  caseId: string | null;
  number: string | null;
  reason: string;
  placedAt: Date;
  placedBy: string;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftReason: string | null;
};

const columns = (actor: Actor) => sql`
  h.id, case when h.case_id is null then 'student' else 'case' end as on, case when h.case_id is null then ${seenStudent(actor)} else ${seenCase(actor)} end as seen, coalesce(h.student_id, c.student_id) as "studentId", coalesce(s.given_name, o.given_name) as "givenName", coalesce(s.family_name, o.family_name) as "familyName", s.sis_id as "sisId",
  c.id as "caseId", c.number, h.reason, h.placed_at as "placedAt", h.placed_by_name as "placedBy", h.lifted_at as "liftedAt", h.lifted_by_name as "liftedBy", h.lift_reason as "liftReason"`;
const from = sql`
  from legal_hold h
  left join "case" c on c.district_id = h.district_id and c.id = h.case_id
  left join student s on s.district_id = h.district_id and s.id = coalesce(h.student_id, c.student_id)
  left join person o on o.district_id = h.district_id and o.id = c.person_id
  where h.district_id = current_district()`;

function demandSight(actor: Actor): void {
  if (!may(actor, "manageDistrict") && !may(actor, "purge")) throw new DomainError("forbidden");
}

/** The legal holds that stand, or those that were lifted; the newest first. For who manages the district or purges. Throws `forbidden`. */
export async function listHolds(
  tx: DistrictTx,
  actor: Actor,
  input: { lifted: boolean; page: number },
): Promise<{ rows: HoldRow[]; total: number; page: number }> {
  demandSight(actor);
  const page = Math.max(1, input.page);
  const rows = await tx.$queryRaw<(Row & { total: number })[]>`
    select ${columns(actor)}, count(*) over ()::int as total ${from} and (h.lifted_at is not null) = ${input.lifted}
    order by h.placed_at desc, h.id limit ${holdsPerPage}::int offset ${(page - 1) * holdsPerPage}::int`;
  if (rows.length === 0 && page > 1) return listHolds(tx, actor, { ...input, page: 1 });
  return { rows: rows.map(viewOf), total: rows[0]?.total ?? 0, page };
}

/** One legal hold, or null: not there. Throws `forbidden`. */
export async function findHold(tx: DistrictTx, actor: Actor, id: string): Promise<HoldRow | null> {
  demandSight(actor);
  if (!isId(id)) return null;
  const [row] = await tx.$queryRaw<Row[]>`select ${columns(actor)} ${from} and h.id = ${id}::uuid`;
  return row ? viewOf(row) : null;
}

function viewOf(row: Row): HoldRow {
  const { id, on, seen, studentId, givenName, familyName, sisId, caseId, number, reason } = row;
  return {
    id,
    on,
    person: seen ? { studentId, givenName, familyName, sisId } : null,
    case: seen && caseId && number ? { id: caseId, number } : null,
    reason,
    placed: { at: row.placedAt, by: row.placedBy },
    lifted: row.liftedAt && row.liftedBy ? { at: row.liftedAt, by: row.liftedBy, reason: row.liftReason ?? "" } : null,
  };
}
