import { audit } from "@/lib/audit";
import { addOnce } from "@/lib/cases/add-once";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Adds to a case's history; everybody who sees the case may. `id` comes from the form: a second click is the same note.
 * Throws `not-there`.
 */
export async function addNote(
  tx: DistrictTx,
  actor: Actor,
  input: { id: string; caseId: string; body: string },
): Promise<void> {
  const { caseId, body } = input;
  await touchCase(tx, actor, caseId);
  const { id, added } = await addOnce(input.id, [caseId, actor.membershipId, body], {
    add: async (id) =>
      (await tx.$executeRaw`
        insert into note (district_id, id, case_id, author_id, author_name, body)
        values (current_district(), ${id}::uuid, ${caseId}::uuid, ${actor.membershipId}::uuid, ${actor.name}, ${body})
        on conflict (district_id, id) do nothing`) > 0,
    isSame: async (id) =>
      (
        await tx.$queryRaw<unknown[]>`
          select 1 from note where district_id = current_district() and id = ${id}::uuid and case_id = ${caseId}::uuid
            and author_id = ${actor.membershipId}::uuid and body = ${body}`
      ).length > 0,
  });
  if (added) audit(tx, { action: "note.add", subject: "case", subjectId: caseId, detail: { note: id } });
}
