import type { CaseLevel, CaseStatus } from "@/lib/cases/case-words";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";

/** Someone who isn't on the roster. */
export type PersonInput = { givenName: string; familyName: string; birthDate: string | null; grade: string | null };
/** Whom a case is about: a student of the roster, or a person to be written down. */
export type PersonOfConcern = { studentId: string } | { person: PersonInput };

/** What a case's form says besides the person. */
export type CaseFacts = {
  buildingId: string | null;
  teamId: string | null;
  managerId: string | null;
  status: CaseStatus;
  level: CaseLevel;
  /** Memberships; a manager who doesn't see all cases is added. */
  assigned: string[];
};

/**
 * Throws `choice-gone` with the field whose choice isn't one of the district's, or is somebody disabled who doesn't hold that place in
 * the case already. The composite keys would fail without saying which.
 */
export async function demandChoices(tx: DistrictTx, facts: CaseFacts, caseId: string | null = null): Promise<void> {
  const assigned = [...new Set(facts.assigned)];
  const [found] = await tx.$queryRaw<[{ building: boolean; team: boolean; manager: boolean; assigned: number }]>`
    select ${facts.buildingId}::uuid is null or exists (select 1 from building b where b.district_id = current_district() and b.id = ${facts.buildingId}::uuid) as building,
      ${facts.teamId}::uuid is null or exists (select 1 from team t where t.district_id = current_district() and t.id = ${facts.teamId}::uuid) as team,
      ${facts.managerId}::uuid is null or exists (select 1 from membership m where m.district_id = current_district() and m.id = ${facts.managerId}::uuid and (m.disabled_at is null
        or exists (select 1 from "case" c where c.district_id = m.district_id and c.id = ${caseId}::uuid and c.manager_id = m.id))) as manager,
      (select count(*)::int from membership m where m.district_id = current_district() and m.id = any (${assigned}::uuid[]) and (m.disabled_at is null
        or exists (select 1 from case_assignment a where a.district_id = m.district_id and a.case_id = ${caseId}::uuid and a.membership_id = m.id))) as assigned`;
  if (!found.building) throw new DomainError("choice-gone", { field: "buildingId" });
  if (!found.team) throw new DomainError("choice-gone", { field: "teamId" });
  if (!found.manager) throw new DomainError("choice-gone", { field: "managerId" });
  if (found.assigned !== assigned.length) throw new DomainError("choice-gone", { field: "assigned" });
}

/** The student's id, or that of a person newly written down. Throws `student-gone`. */
export async function placePerson(
  tx: DistrictTx,
  who: PersonOfConcern,
): Promise<{ studentId: string; personId: null } | { studentId: null; personId: string }> {
  if ("studentId" in who) {
    const [student] = await tx.$queryRaw<{ id: string }[]>`
      select s.id from student s where s.district_id = current_district() and s.id = ${who.studentId}::uuid for share`;
    if (!student) throw new DomainError("student-gone");
    return { studentId: student.id, personId: null };
  }
  const [person] = await tx.$queryRaw<[{ id: string }]>`
    insert into person (district_id, given_name, family_name, birth_date, grade)
    values (current_district(), ${who.person.givenName}, ${who.person.familyName}, ${who.person.birthDate}::date, ${who.person.grade}) returning id`;
  return { studentId: null, personId: person.id };
}

/** Makes the case's assigned users those of the facts, and its manager if they'd not see it otherwise. Gives how many came and went. */
export async function setAssigned(
  tx: DistrictTx,
  caseId: string,
  facts: CaseFacts,
): Promise<{ added: number; removed: number }> {
  const removed = await tx.$executeRaw`
    delete from case_assignment a where a.district_id = current_district() and a.case_id = ${caseId}::uuid and a.membership_id <> all (${facts.assigned}::uuid[])
      and a.membership_id is distinct from (select m.id from membership m where m.district_id = current_district() and m.id = ${facts.managerId}::uuid and not 'manageCases' = any (m.permissions))`;
  const added = await tx.$executeRaw`
    insert into case_assignment (district_id, case_id, membership_id)
    select m.district_id, ${caseId}::uuid, m.id from membership m
    where m.district_id = current_district() and (m.id = any (${facts.assigned}::uuid[]) or (m.id = ${facts.managerId}::uuid and not 'manageCases' = any (m.permissions)))
    on conflict do nothing`;
  return { added, removed };
}
