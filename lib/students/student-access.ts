import { sql } from "@/lib/db/sql";
import { type Actor, may } from "@/lib/policy";

/** Whether the actor sees every student of the district, or only those whose documents they own or whose cases they're assigned to. */
export function seesAllStudents(actor: Actor): boolean {
  return may(actor, "manageDocuments") || may(actor, "manageCases") || may(actor, "manageDistrict");
}

/** A condition on `student s`: the actor may see them. */
export function seenStudent(actor: Actor) {
  return sql`(${seesAllStudents(actor)}
    or exists (select 1 from document d where d.district_id = s.district_id and d.student_id = s.id and d.owner_id = ${actor.membershipId}::uuid and d.deleted_at is null)
    or exists (select 1 from "case" c join case_assignment a on a.district_id = c.district_id and a.case_id = c.id
      where c.district_id = s.district_id and c.student_id = s.id and a.membership_id = ${actor.membershipId}::uuid))`;
}

/** A condition on `"case" c`: the actor may see it, and whom it's about. */
export function seenCase(actor: Actor) {
  return sql`(${may(actor, "manageCases")} or exists (
    select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))`;
}

/** Whether the actor may add students by hand, and correct those that were. */
export function mayAddStudents(actor: Actor): boolean {
  return may(actor, "manageDocuments") || may(actor, "manageDistrict");
}
