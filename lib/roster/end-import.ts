import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Forgets what a decided import would have changed, and its bundle: both are full of names. Gives the key of the bundle's object, to be
 * deleted once the transaction is over; should that fail, the sweeper finds it.
 */
export async function endImport(tx: DistrictTx, actor: Actor, importId: string): Promise<string | null> {
  const { districtId } = actor;
  await tx.$executeRaw`delete from roster_row where district_id = ${districtId}::uuid and import_id = ${importId}::uuid`;
  const [file] = await tx.$queryRaw<{ file_id: string | null }[]>`
    select file_id from roster_import where district_id = ${districtId}::uuid and id = ${importId}::uuid for update`;
  if (!file?.file_id) return null;
  await tx.$executeRaw`update roster_import set file_id = null where district_id = ${districtId}::uuid and id = ${importId}::uuid`;
  const [gone] = await tx.$queryRaw<{ storage_key: string }[]>`
    delete from stored_file where district_id = ${districtId}::uuid and id = ${file.file_id}::uuid returning storage_key`;
  return gone?.storage_key ?? null;
}
