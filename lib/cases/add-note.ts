import { audit } from "@/lib/audit";
import { touchCase } from "@/lib/cases/case-access";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Adds to a case's history; everybody who sees the case may. `id` comes from the form: a second click is the same note.
 * Throws `not-there`.
 */
export async function addNote(tx: DistrictTx, actor: Actor, input: { id: string; caseId: string; body: string }): Promise<void> {
  await touchCase(tx, actor, input.caseId);
  const added = await tx.$executeRaw`
    insert into note (district_id, id, case_id, author_id, author_name, body)
    values (current_district(), ${input.id}::uuid, ${input.caseId}::uuid, ${actor.membershipId}::uuid, ${actor.name}, ${input.body})
    on conflict (district_id, id) do nothing`;
  if (added > 0) audit(tx, { action: "note.add", subject: "case", subjectId: input.caseId, detail: { note: input.id } });
}
