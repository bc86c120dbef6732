import type { DistrictTx, Doors } from "@/lib/db/types";
import { daysInBin } from "@/lib/documents/delete-documents";
import { deleteObjects, destroyDocuments } from "@/lib/documents/destroy-documents";
import { demand } from "@/lib/policy";

const atOnce = 200;

/**
 * Destroys what has lain in the district's bin for 30 days, as a purge does, with certificates; at most 200 documents at a time. What's
 * being packed or on legal hold waits for the next time. For the worker. Gives how many.
 */
export async function emptyBin(doors: Doors): Promise<number> {
  const { actor } = doors;
  demand(actor, "manageDocuments");
  const { count, storageKeys } = await doors.district(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select d.id from document d
      where d.district_id = current_district() and d.deleted_at <= now() - make_interval(days => ${daysInBin}::int) and not is_held(d.student_id, null) and not exists (
        select 1 from transfer_document td join transfer t on t.id = td.transfer_id
        where td.district_id = d.district_id and td.document_id = d.id and t.status = 'preparing')
      order by d.deleted_at limit ${atOnce}::int for update of d skip locked`;
    const documentIds = await stillUnheld(
      tx,
      rows.map((row) => row.id),
    );
    if (documentIds.length === 0) return { count: 0, storageKeys: [] };
    const destroyed = await destroyDocuments(tx, actor, {
      documentIds,
      reason: `Deleted, and not restored within ${daysInBin} days`,
      transferId: null,
    });
    return { count: documentIds.length, storageKeys: destroyed.storageKeys };
  });
  await deleteObjects(storageKeys);
  return count;
}

/** Looks again with the students held: whoever placed a hold since the documents were chosen was waited for, and whoever places one now waits. */
async function stillUnheld(tx: DistrictTx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  await tx.$queryRaw`
    select 1 from student s where s.district_id = current_district() and s.id in (
      select d.student_id from document d where d.district_id = current_district() and d.id = any (${[...ids]}::uuid[])) order by s.id for key share`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select d.id from document d where d.district_id = current_district() and d.id = any (${[...ids]}::uuid[]) and not is_held(d.student_id, null)`;
  return rows.map((row) => row.id);
}
