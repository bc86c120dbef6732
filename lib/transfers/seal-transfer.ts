import { createHash } from "node:crypto";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { newKey, SealError } from "@/lib/storage/aes-gcm";
import { openAddress } from "@/lib/storage/file-address";
import { copyFile, deleteFiles, type FileAddress } from "@/lib/storage/files";
import { keys } from "@/lib/storage/keys";
import { mapLimit } from "@/lib/storage/map-limit";
import { auditBoth, findParties, getParties, tell } from "@/lib/transfers/apply";
import { newCode, parseCode } from "@/lib/transfers/authorization-code";
import { type CaseContent, caseContentSchema, packageVersion } from "@/lib/transfers/package-content";
import { deriveFromCode, newSalt, packageAad, sealItem, wrapKey } from "@/lib/transfers/seal";
import { notesBound } from "@/lib/transfers/send-cases";
import { readSnapshot, type Snapshot } from "@/lib/transfers/snapshot";

type Place = { transferId: string; sendingDistrictId: string; receivingDistrictId: string };

/** What a sealed piece of this transfer is bound to. */
export const bound = (place: Place, part: string): Buffer =>
  packageAad({
    transferId: place.transferId,
    sendingDistrictId: place.sendingDistrictId,
    receivingDistrictId: place.receivingDistrictId,
    version: packageVersion,
    part,
  });

/** A code with all that follows from it. The code itself is kept for the sender, wrapped, while the transfer is pending. */
export async function issueCode(place: Place, dataKey: Buffer) {
  const code = newCode();
  const parsed = parseCode(code);
  if (!parsed.ok) throw new Error("a new code doesn't parse");
  const salt = newSalt();
  const { verifier, wrapKey: codeKey } = await deriveFromCode(parsed.code, salt, keys().pepper());
  return {
    salt,
    verifier,
    codeSealed: keys().wrapForDistrict(place.sendingDistrictId, Buffer.from(code), bound(place, "code")),
    keyByCode: wrapKey(dataKey, codeKey, bound(place, "key by code")),
  };
}

/** Midnight-free expiry: so many days from now, to the second. */
export const expiryAfter = (days: number): Date => new Date(Date.now() + days * 86_400_000);

/**
 * Seals what a preparing transfer carries: copies each file under a key of its own, encrypts each case, makes the code. Nothing of that
 * happens inside a transaction. Of several callers one succeeds; the others leave nothing behind. Does nothing where the transfer isn't
 * preparing any more. Throws `FileDamaged`, `ObjectMissing` for an attachment that can't be read; the transfer then stays as it is.
 */
export async function sealTransfer(doors: Doors, input: { transferId: string }): Promise<void> {
  const { transferId } = input;
  const read = await doors.exchange(transferId, async (tx) => {
    const parties = await findParties(tx, transferId);
    if (parties?.status !== "preparing" || parties.sendingDistrictId !== doors.actor.districtId) return null;
    return { parties, snapshot: await readSnapshot(tx, transferId) };
  });
  if (!read) return;
  const place: Place = {
    transferId,
    sendingDistrictId: read.parties.sendingDistrictId,
    receivingDistrictId: read.parties.receivingDistrictId,
  };
  const { snapshot } = read;
  const dataKey = newKey();
  const copies: FileAddress[] = [];
  const drop = () => deleteFiles(copies.map((copy) => copy.storageKey));
  try {
    await mapLimit(snapshot.files, 8, async (file) => {
      const copy = await copyFile({ ...openAddress(place.sendingDistrictId, file), sha256: Buffer.from(file.sha256) });
      copies.push(copy);
      Object.assign(file, { copy });
    });
  } catch (error) {
    await drop();
    throw error;
  }
  const code = await issueCode(place, dataKey);
  const items = sealItems(place, dataKey, snapshot);
  const sealed = await doors.exchange(transferId, (tx) => store(tx, place, snapshot, items, dataKey, code));
  // Where that failed, maybe only its answer was lost and the copies are in use: the sweeper of orphans finds out.
  if (!sealed) await drop();
}

type Item = { n: number; sealed: Buffer; sha256: Buffer; files: string[] };

function sealItems(place: Place, dataKey: Buffer, snapshot: Snapshot): Item[] {
  const notes = snapshot.notesSealed
    ? keys()
        .unwrapForDistrict(place.sendingDistrictId, Buffer.from(snapshot.notesSealed), notesBound(snapshot.dispatchId))
        .toString()
    : "";
  const hashOf = new Map(snapshot.files.map((file) => [file.n, Buffer.from(file.sha256).toString("hex")]));
  const plain = [
    { n: 0, content: { ...snapshot.cover, notes }, files: [] as string[] },
    ...snapshot.cases.map(({ n, content }) => ({
      n,
      content: readable({ ...content, attachments: content.attachments.map(({ fileId: _, ...rest }) => rest) }),
      files: content.attachments.map((one) => hashOf.get(one.file) as string),
    })),
  ];
  return plain.map(({ n, content, files }) => {
    const bytes = Buffer.from(JSON.stringify(content));
    return {
      n,
      sealed: sealItem(dataKey, bytes, bound(place, `item ${n}`)),
      sha256: createHash("sha256").update(bytes).digest(),
      files,
    };
  });
}

/** What the receiver's schema can't read must not leave: it would unlock and could never be opened. Throws `SealError`. */
function readable(content: CaseContent): CaseContent {
  const read = caseContentSchema.safeParse(content);
  if (!read.success) throw new SealError();
  return read.data;
}

async function store(
  tx: ExchangeTx,
  place: Place,
  snapshot: Snapshot,
  items: Item[],
  dataKey: Buffer,
  code: Awaited<ReturnType<typeof issueCode>>,
): Promise<boolean> {
  const { transferId } = place;
  // Held until the end: whoever else seals this transfer waits here and then finds it sealed.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${transferId}, 1))::text`;
  const parties = await getParties(tx, transferId);
  if (parties.status !== "preparing") return false;
  const files = snapshot.files as (Snapshot["files"][number] & { copy: FileAddress })[];
  const bytes = (list: Uint8Array[]) => list.map((one) => new Uint8Array(one));
  await tx.$executeRaw`
    insert into package_item (transfer_id, n, sealed)
    select ${transferId}::uuid, * from unnest(${items.map((item) => item.n)}::int[], ${bytes(items.map((item) => item.sealed))}::bytea[])`;
  await tx.$executeRaw`
    insert into package_manifest (transfer_id, n, sha256, file_sha256)
    select ${transferId}::uuid, x.n, decode(x.sha256, 'hex'), coalesce((select array_agg(decode(f, 'hex') order by i) from jsonb_array_elements_text(x.files) with ordinality u (f, i)), '{}')
    from jsonb_to_recordset(${JSON.stringify(items.map((item) => ({ n: item.n, sha256: item.sha256.toString("hex"), files: item.files })))}::jsonb) x (n int, sha256 text, files jsonb)`;
  await tx.$executeRaw`
    insert into package_file (transfer_id, n, item_n, storage_key, key_sealed, size, sha256, media_type)
    select ${transferId}::uuid, * from unnest(${files.map((file) => file.n)}::int[], ${files.map((file) => file.itemN)}::int[], ${files.map((file) => file.copy.storageKey)}::text[],
      ${bytes(files.map((file) => wrapKey(file.copy.fileKey, dataKey, bound(place, `file ${file.n}`))))}::bytea[], ${files.map((file) => file.size)}::bigint[],
      ${bytes(files.map((file) => file.sha256))}::bytea[], ${files.map((file) => file.mediaType)}::text[])`;
  const total = files.reduce((sum, file) => sum + file.size, 0n);
  const keyBySender = keys().wrapForDistrict(place.sendingDistrictId, dataKey, bound(place, "key by sender"));
  const [row] = await tx.$queryRaw<[{ status: string | null }]>`
    select exchange_seal(${transferId}::uuid, ${total}::bigint, ${expiryAfter(snapshot.expiryDays)}::timestamptz, ${new Uint8Array(code.salt)}::bytea, ${new Uint8Array(code.verifier)}::bytea,
      ${new Uint8Array(code.codeSealed)}::bytea, ${new Uint8Array(code.keyByCode)}::bytea, ${new Uint8Array(keyBySender)}::bytea) status`;
  if (!row.status) throw new Error("sealed by somebody else under the lock");
  auditBoth(tx, transferId, parties, "transfer.seal", { cases: items.length - 1, files: files.length });
  await tell(tx, "transfer-sent", parties.sendingDistrictId, transferId);
  await tell(tx, "transfer-received", parties.receivingDistrictId, transferId);
  return true;
}
