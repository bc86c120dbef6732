import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";
import { placesOf } from "@/lib/roster/places";
import { Told } from "@/lib/roster/record";

/** What may be looked at of a checked import. */
export const importSections = ["added", "changed", "returned", "leaving", "staff"] as const;
export type ImportSection = (typeof importSections)[number];

export type FieldChange = { field: string; from: string | null; to: string | null };
export type ImportRowView = {
  /** Of the row in users.csv. */
  line: number | null;
  givenName: string;
  familyName: string;
  sisId: string | null;
  grade: string | null;
  school: string | null;
  /** Of staff. */
  role: string | null;
  changes: FieldChange[];
};

export const importRowsPerPage = 50;

const whatOf: Record<ImportSection, string> = {
  added: "add",
  changed: "change",
  returned: "back",
  leaving: "leave",
  staff: "staff",
};

type Row = {
  line: number | null;
  told: number;
  sis_id: string | null;
  given_name: string | null;
  family_name: string | null;
  preferred_name: string | null;
  middle_name: string | null;
  state_id: string | null;
  birth_date: string | null;
  grade: string | null;
  school: string | null;
  role: string | null;
  s_sis_id: string | null;
  s_given_name: string | null;
  s_family_name: string | null;
  s_preferred_name: string | null;
  s_middle_name: string | null;
  s_state_id: string | null;
  s_birth_date: string | null;
  s_grade: string | null;
  s_school: string | null;
};

/** A page of what a checked import would do, with each changed field's old and new value. Throws `forbidden`. */
export async function listImportRows(
  tx: DistrictTx,
  actor: Actor,
  input: { importId: string; section: ImportSection; page: number },
): Promise<ImportRowView[]> {
  demand(actor, "manageDistrict");
  const district = sql`${actor.districtId}::uuid`;
  const rows = await tx.$queryRaw<Row[]>`
    with ${placesOf(district, input.importId)}, school as (
      select x.id source_id, x.name from roster_import i, jsonb_to_recordset(i.schools) x (id text, name text) where i.district_id = ${district} and i.id = ${input.importId}::uuid),
    row as materialized (
      select r.* from roster_row r where r.district_id = ${district} and r.import_id = ${input.importId}::uuid and r.what = ${whatOf[input.section]}
      order by r.n limit ${importRowsPerPage} offset ${(Math.max(1, input.page) - 1) * importRowsPerPage})
    select r.line, r.told, r.sis_id, coalesce(r.given_name, f.given_name) given_name, coalesce(r.family_name, f.family_name) family_name, r.preferred_name, r.middle_name, r.state_id, r.birth_date::text, r.grade,
      coalesce(k.name, b.name) school, r.role,
      s.sis_id s_sis_id, s.given_name s_given_name, s.family_name s_family_name, s.preferred_name s_preferred_name, s.middle_name s_middle_name, s.state_id s_state_id,
      s.birth_date::text s_birth_date, s.grade s_grade, o.name s_school
    from row r
    left join student s on s.district_id = ${district} and s.id = r.student_id
    left join staff_proposal f on f.district_id = ${district} and r.what = 'staff' and f.source_id = r.source_id
    left join school k on k.source_id = r.school
    left join place p on p.source_id = r.school
    left join building b on b.district_id = ${district} and b.id = p.building_id
    left join building o on o.district_id = ${district} and o.id = s.building_id
    order by r.n`;
  return rows.map((row) => ({
    line: row.line,
    givenName: row.given_name ?? row.s_given_name ?? "",
    familyName: row.family_name ?? row.s_family_name ?? "",
    sisId: row.sis_id ?? row.s_sis_id,
    grade: (row.told & Told.grade) > 0 ? row.grade : row.s_grade,
    school: (row.told & Told.school) > 0 || row.role !== null ? row.school : row.s_school,
    role: input.section === "staff" ? (row.role ?? "left") : null,
    changes: input.section === "changed" || input.section === "returned" ? changesOf(row) : [],
  }));
}

function changesOf(row: Row): FieldChange[] {
  const fields: [keyof typeof Told, string, string | null, string | null][] = [
    ["who", "Given name", row.s_given_name, row.given_name],
    ["middle", "Middle name", row.s_middle_name, row.middle_name],
    ["who", "Family name", row.s_family_name, row.family_name],
    ["preferred", "Preferred name", row.s_preferred_name, row.preferred_name],
    ["birthDate", "Birth date", row.s_birth_date, row.birth_date],
    ["grade", "Grade", row.s_grade, row.grade],
    ["school", "School", row.s_school, row.school],
    ["who", "SIS ID", row.s_sis_id, row.sis_id],
    ["state", "State ID", row.s_state_id, row.state_id],
  ];
  return fields
    .filter(([told, , from, to]) => (row.told & Told[told]) > 0 && from !== to)
    .map(([, field, from, to]) => ({ field, from, to }));
}
