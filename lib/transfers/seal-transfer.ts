import type { Doors, ExchangeTx } from "@/lib/db/types";
import { newKey } from "@/lib/storage/aes-gcm";
import { openAddress } from "@/lib/storage/file-address";
import { copyFile, deleteFiles, type FileAddress } from "@/lib/storage/files";
import { mapLimit } from "@/lib/storage/map-limit";
import { findParties, getParties, type Parties } from "@/lib/transfers/apply";
import { readDocumentSnapshot } from "@/lib/transfers/document-snapshot";
import { type PackedFile, type Packing, type SealedItem, sealItems } from "@/lib/transfers/pack";
import { packCases } from "@/lib/transfers/pack-cases";
import { packDocuments } from "@/lib/transfers/pack-documents";
import { bound, type Place } from "@/lib/transfers/package-place";
import { wrapKey } from "@/lib/transfers/seal";
import { readSnapshot } from "@/lib/transfers/snapshot";

/**
 * Seals what a preparing transfer carries: copies each file under a key of its own, encrypts each case or document, closes the package
 * in the way of its kind. Nothing of that happens inside a transaction. Of several callers one succeeds; the others leave nothing behind.
 * Does nothing where the transfer isn't to be sealed any more. Throws `FileDamaged`, `ObjectMissing` for a file that can't be read,
 * `file-blocked` for one that was added after the click and isn't known to be clean; the transfer then stays as it is.
 */
export async function sealTransfer(doors: Doors, input: { transferId: string }): Promise<void> {
  const { transferId } = input;
  const read = await doors.exchange(transferId, async (tx) => {
    const parties = await findParties(tx, transferId);
    if (!parties || !toBeSealed(parties) || parties.sendingDistrictId !== doors.actor.districtId) return null;
    const { sendingDistrictId, receivingDistrictId } = parties;
    const place: Place = { transferId, sendingDistrictId, receivingDistrictId };
    return { place, packing: await readPacking(tx, place, parties) };
  });
  if (!read) return;
  const { place, packing } = read;
  const dataKey = newKey();
  const contents = packing.contents();
  const copies: FileAddress[] = [];
  const drop = () => deleteFiles(copies.map((copy) => copy.storageKey));
  let files: Copied[];
  try {
    files = await mapLimit(contents.files, 16, async (file) => {
      const copy = await copyFile(openAddress(place.sendingDistrictId, file));
      copies.push(copy);
      return { ...file, copy };
    });
  } catch (error) {
    await drop();
    throw error;
  }
  const close = await packing.closing(dataKey);
  const items = sealItems(place, dataKey, contents);
  const sealed = await doors.exchange(transferId, async (tx) => {
    // Held until the end: whoever else seals this transfer waits here and then finds it sealed.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${transferId}, 1))::text`;
    const parties = await getParties(tx, transferId);
    if (!toBeSealed(parties)) return false;
    await store(tx, place, dataKey, items, files);
    await close(
      tx,
      parties,
      files.reduce((sum, file) => sum + file.size, 0n),
    );
    return true;
  });
  // Where that failed, maybe only its answer was lost and the copies are in use: the sweeper of orphans finds out.
  if (!sealed) await drop();
}

const toBeSealed = (parties: Parties): boolean => parties.status === "preparing" && !parties.sealed;

async function readPacking(tx: ExchangeTx, place: Place, { kind }: Parties): Promise<Packing> {
  return kind === "cases"
    ? packCases(place, await readSnapshot(tx, place.transferId))
    : packDocuments(place, await readDocumentSnapshot(tx, place.transferId));
}

type Copied = PackedFile & { copy: FileAddress };

async function store(
  tx: ExchangeTx,
  place: Place,
  dataKey: Buffer,
  items: SealedItem[],
  files: Copied[],
): Promise<void> {
  const { transferId } = place;
  const bytes = (list: Uint8Array[]) => list.map((one) => new Uint8Array(one));
  await tx.$executeRaw`
    insert into package_item (transfer_id, n, sealed)
    select ${transferId}::uuid, * from unnest(${items.map((item) => item.n)}::int[], ${bytes(items.map((item) => item.sealed))}::bytea[])`;
  await tx.$executeRaw`
    insert into package_manifest (transfer_id, n, sha256, file_sha256)
    select ${transferId}::uuid, x.n, decode(x.sha256, 'hex'), coalesce((select array_agg(decode(f, 'hex') order by i) from jsonb_array_elements_text(x.files) with ordinality u (f, i)), '{}')
    from jsonb_to_recordset(${JSON.stringify(items.map((item) => ({ n: item.n, sha256: item.sha256.toString("hex"), files: item.files })))}::jsonb) x (n int, sha256 text, files jsonb)`;
  await tx.$executeRaw`
    insert into package_file (transfer_id, n, item_n, storage_key, key_sealed, size, sha256, media_type, scan)
    select ${transferId}::uuid, * from unnest(${files.map((file) => file.n)}::int[], ${files.map((file) => file.itemN)}::int[], ${files.map((file) => file.copy.storageKey)}::text[],
      ${bytes(files.map((file) => wrapKey(file.copy.fileKey, dataKey, bound(place, `file ${file.n}`))))}::bytea[], ${files.map((file) => file.size)}::bigint[],
      ${bytes(files.map((file) => file.sha256))}::bytea[], ${files.map((file) => file.mediaType)}::text[], ${files.map((file) => (file.scan === "clean" ? "clean" : "none"))}::text[])`;
}
