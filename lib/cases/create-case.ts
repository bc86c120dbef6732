import { audit } from "@/lib/audit";
import { addOnce } from "@/lib/cases/add-once";
import { type CaseFacts, demandChoices, type PersonOfConcern, placePerson, setAssigned } from "@/lib/cases/case-input";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, demand } from "@/lib/policy";

/**
 * Opens a case under the district's next number. `id` comes from the form, so that a second click of the same form is the same case; the
 * id that it answers is another one where the form had come back and says something else.
 * Throws `forbidden`, `student-gone`, `choice-gone`.
 */
export async function createCase(
  tx: DistrictTx,
  actor: Actor,
  input: CaseFacts & { id: string; who: PersonOfConcern },
): Promise<{ id: string }> {
  demand(actor, "manageCases");
  const { id, added } = await addOnce(input.id, [input, actor.membershipId], {
    add: async (id) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
      const before = await tx.$queryRaw<
        unknown[]
      >`select 1 from "case" c where c.district_id = current_district() and c.id = ${id}::uuid`;
      if (before.length > 0) return false;
      await demandChoices(tx, input);
      const { studentId, personId } = await placePerson(tx, input.who);
      await tx.$executeRaw`
        insert into "case" (district_id, id, number, student_id, person_id, building_id, team_id, manager_id, status, level)
        select current_district(), ${id}::uuid, n, ${studentId}::uuid, ${personId}::uuid, ${input.buildingId}::uuid, ${input.teamId}::uuid, ${input.managerId}::uuid,
          ${input.status}, ${input.level}
        from next_case_numbers(1) n`;
      await setAssigned(tx, id, input);
      return true;
    },
    isSame: (id) => isSame(tx, actor, id, input),
  });
  if (added) {
    audit(tx, {
      action: "case.create",
      subject: "case",
      subjectId: id,
      detail: { onRoster: "studentId" in input.who, status: input.status, level: input.level },
    });
  }
  return { id };
}

/** Whether a case was opened by the actor and says what the input says. */
async function isSame(
  tx: DistrictTx,
  actor: Actor,
  id: string,
  input: CaseFacts & { who: PersonOfConcern },
): Promise<boolean> {
  const { studentId, person } =
    "studentId" in input.who ? { ...input.who, person: null } : { ...input.who, studentId: null };
  const same = await tx.$queryRaw<unknown[]>`
    with wanted as (
      select m.id from membership m where m.district_id = current_district()
        and (m.id = any (${input.assigned}::uuid[]) or (m.id = ${input.managerId}::uuid and not 'manageCases' = any (m.permissions)))),
    assigned as (select a.membership_id id from case_assignment a where a.district_id = current_district() and a.case_id = ${id}::uuid)
    select 1 from "case" c left join person p on p.district_id = c.district_id and p.id = c.person_id
    where c.district_id = current_district() and c.id = ${id}::uuid and c.student_id is not distinct from ${studentId}::uuid
      and p.given_name is not distinct from ${person?.givenName ?? null} and p.family_name is not distinct from ${person?.familyName ?? null}
      and p.birth_date is not distinct from ${person?.birthDate ?? null}::date and p.grade is not distinct from ${person?.grade ?? null}
      and c.building_id is not distinct from ${input.buildingId}::uuid and c.team_id is not distinct from ${input.teamId}::uuid
      and c.manager_id is not distinct from ${input.managerId}::uuid and c.status = ${input.status} and c.level = ${input.level}
      and not exists (table wanted except table assigned) and not exists (table assigned except table wanted)
      and exists (select 1 from audit u where u.district_id = c.district_id and u.subject_id = c.id and u.action = 'case.create'
        and u.actor_id = ${actor.membershipId}::uuid)`;
  return same.length > 0;
}
