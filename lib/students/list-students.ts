import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";
import { readBirthDate } from "@/lib/students/birth-date-words";
import { closeStudentSearches } from "@/lib/students/close-searches";
import { seesAllStudents } from "@/lib/students/student-access";
import { plainStudentFilter, type StudentFilter, studentsPerPage } from "@/lib/students/student-filter";

/** Hits are counted up to here; beyond, the list says "more than". Also the last student that paging leads to. */
const countedTo = 1_000;

export type StudentListRow = {
  id: string;
  givenName: string;
  familyName: string;
  preferredName: string | null;
  sisId: string;
  stateId: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  grade: string | null;
  building: string | null;
  /** Left the roster. */
  departed: boolean;
  /** Those that the actor sees, the bin aside. */
  documents: number;
  /** Those that the actor sees and that aren't closed. */
  openCases: number;
};

export type StudentList = {
  rows: StudentListRow[];
  /** At most 1,000; `more` when there are more. */
  total: number;
  more: boolean;
  page: number;
  pages: number;
  /** Rows on a page. */
  size: number;
};

/**
 * A page of the students that the filter lets through and the actor sees; a page beyond the end gives the last one. Reads what a list
 * shows, which isn't an opening of a student's records: no audit.
 */
export async function listStudents(tx: DistrictTx, actor: Actor, filter: StudentFilter): Promise<StudentList> {
  const { words, born } = readBirthDate(filter.q);
  const [documents, cases] = [may(actor, "manageDocuments"), may(actor, "manageCases")];
  const rows = await tx.$queryRaw<(StudentListRow & { found: number })[]>`
    select f.total as found, s.id, s.given_name as "givenName", s.family_name as "familyName", s.preferred_name as "preferredName", s.sis_id as "sisId",
      s.state_id as "stateId", s.birth_date::text as "birthDate", s.grade, b.name as building, not s.active as departed,
      (select count(*)::int from document d where d.district_id = s.district_id and d.student_id = s.id and d.deleted_at is null
        and (${documents} or d.owner_id = ${actor.membershipId}::uuid)) as documents,
      (select count(*)::int from "case" c where c.district_id = s.district_id and c.student_id = s.id and c.status <> 'closed' and (${cases} or exists (
        select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))) as "openCases"
    from search_students_page(${words}, ${born}::date, ${filter.buildingId}::uuid, ${filter.grade}, ${filter.show}, ${seesAllStudents(actor) ? null : actor.membershipId}::uuid,
      ${actor.membershipId}::uuid, ${documents}, ${cases}, ${filter.sort}, ${filter.descending}, ${studentsPerPage}::int, ${(filter.page - 1) * studentsPerPage}::int, ${countedTo + 1}::int) f
    left join lateral unnest(f.ids) with ordinality o (id, n) on true
    left join student s on s.district_id = current_district() and s.id = o.id
    left join building b on b.district_id = s.district_id and b.id = s.building_id
    order by o.n`;
  const found = rows[0]?.found ?? 0;
  const pages = Math.max(1, Math.ceil(Math.min(found, countedTo) / studentsPerPage));
  if (filter.page > pages) return listStudents(tx, actor, { ...filter, page: pages });
  return {
    rows: rows.filter((row) => row.id !== null).map(({ found: _, ...row }) => row),
    total: Math.min(found, countedTo),
    more: found > countedTo,
    page: filter.page,
    pages,
    size: studentsPerPage,
  };
}

export type StudentsPage = {
  list: StudentList;
  buildings: { id: string; name: string }[];
  grades: string[];
  /** Whether the actor sees any student at all. */
  any: boolean;
  /** Without a hit: how many match the words alone, whatever the filters. */
  matchElsewhere: number;
  /** Without a hit: searches with a close spelling that have one. */
  close: string[];
  seesAll: boolean;
};

/** Everything that the list of students shows. No audit: a list or a search isn't an opening. */
export async function getStudentsPage(tx: DistrictTx, actor: Actor, filter: StudentFilter): Promise<StudentsPage> {
  const list = await listStudents(tx, actor, filter);
  const buildings = await tx.$queryRaw<{ id: string; name: string }[]>`
    select b.id, b.name from building b where b.district_id = current_district() order by b.name, b.id`;
  const grades = await tx.$queryRaw<
    { grade: string }[]
  >`select grade from list_grades() with ordinality g (grade, n) order by n`;
  const page = {
    list,
    buildings,
    grades: grades.map((row) => row.grade),
    any: true,
    matchElsewhere: 0,
    close: [],
    seesAll: seesAllStudents(actor),
  };
  if (list.total > 0) return page;
  const widest = await listStudents(tx, actor, { ...plainStudentFilter, q: filter.q });
  const any = widest.total > 0 || (filter.q !== "" && (await listStudents(tx, actor, plainStudentFilter)).total > 0);
  const close = filter.q === "" ? [] : await closeStudentSearches(tx, actor, filter);
  return { ...page, any, matchElsewhere: widest.total, close };
}
