import { sql } from "@/lib/db/sql";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";

/** Whether the actor sees every document of the district, or only those that they own. */
function seesAllDocuments(actor: Actor): boolean {
  return may(actor, "manageDocuments");
}

/** A condition on `document d`: the actor may see it. What is quarantined is hidden by the database itself. */
export function seen(actor: Actor) {
  return sql`(${seesAllDocuments(actor)} or d.owner_id = ${actor.membershipId}::uuid)`;
}

/** The ids without doubles and without what can't be an id. Throws `nothing-chosen` where none is left. */
export function chosenIds(ids: readonly string[]): string[] {
  const list = [...new Set(ids)].filter(isId);
  if (list.length === 0) throw new DomainError("nothing-chosen");
  return list;
}

/**
 * Chosen documents, locked until the transaction's end: the ids of those in the bin and of those outside of it. Throws `nothing-chosen`,
 * `not-there` if one isn't there.
 */
export async function lockChosen(
  tx: DistrictTx,
  documentIds: readonly string[],
): Promise<{ binned: string[]; live: string[] }> {
  const ids = chosenIds(documentIds);
  const rows = await tx.$queryRaw<{ id: string; deleted: boolean }[]>`
    select d.id, d.deleted_at is not null as deleted from document d where d.district_id = current_district() and d.id = any (${ids}::uuid[]) order by d.id for update`;
  if (rows.length !== ids.length) throw new DomainError("not-there");
  const those = (deleted: boolean) => rows.filter((row) => row.deleted === deleted).map((row) => row.id);
  return { binned: those(true), live: those(false) };
}

/**
 * Throws `being-packed` while one of the documents is being packed for a transfer, which reads its file. Call it with the documents'
 * rows locked: whoever claims them for a transfer waits for that lock.
 */
export async function demandUnpacked(tx: DistrictTx, documentIds: readonly string[]): Promise<void> {
  const packed = await tx.$queryRaw<unknown[]>`
    select 1 from transfer_document td join transfer t on t.id = td.transfer_id
    where td.district_id = current_district() and td.document_id = any (${[...documentIds]}::uuid[]) and t.status = 'preparing' limit 1`;
  if (packed.length > 0) throw new DomainError("being-packed");
}

/**
 * Throws `on-hold` while a legal hold stands on a student whom one of the documents is about. Call it with the documents' rows locked; whoever
 * places a hold at this moment waits for, or is waited for by, the students' rows.
 */
export async function demandUnheld(tx: DistrictTx, documentIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 from student s where s.district_id = current_district() and s.id in (
      select d.student_id from document d where d.district_id = current_district() and d.id = any (${[...documentIds]}::uuid[])) order by s.id for key share`;
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from document d where d.district_id = current_district() and d.id = any (${[...documentIds]}::uuid[]) and is_held(d.student_id, null) limit 1`;
  if (held.length > 0) throw new DomainError("on-hold");
}

/**
 * Throws `choice-gone` for an owner who isn't a user of the district, or is disabled; whoever owns the document already may keep it.
 */
export async function demandOwner(tx: DistrictTx, ownerId: string | null, keeps: string | null = null): Promise<void> {
  if (ownerId === null || ownerId === keeps) return;
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from membership m where m.district_id = current_district() and m.id = ${ownerId}::uuid and m.disabled_at is null`;
  if (found.length === 0) throw new DomainError("choice-gone", { field: "ownerId" });
}
