import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { demand } from "@/lib/policy";
import { largestBundle } from "@/lib/roster/limits";
import { keepAddress } from "@/lib/storage/file-address";
import { safeFileName } from "@/lib/storage/file-name";
import { FileRefused } from "@/lib/storage/file-types";
import { deleteFiles } from "@/lib/storage/files";
import { writeZip, ZIP } from "@/lib/storage/zip-file";

/**
 * Takes a bundle: streams it, encrypted, into the storage, and has the worker check it. Nothing of the roster changes. `bytes` is the
 * length that was announced, null where none was; `pickupMark` names a file of the pick-up folder, which is taken once.
 * Throws `forbidden`, `roster-busy`, `roster-refused`.
 */
export async function startImport(
  doors: Doors,
  input: { name: string; bytes: number | null; source: AsyncIterable<Uint8Array>; pickupMark?: string },
): Promise<{ importId: string }> {
  const { actor } = doors;
  demand(actor, "manageDistrict");
  // Nobody streams 100 MB to be told that a colleague was first.
  const busy = await doors.district(
    (tx) => tx.$queryRaw<unknown[]>`
      select 1 from roster_import where district_id = ${actor.districtId}::uuid and status in ('checking', 'ready', 'held', 'applying')`,
  );
  if (busy.length > 0) throw new DomainError("roster-busy");
  if (input.bytes !== null && input.bytes > largestBundle)
    throw new DomainError("roster-refused", { reason: "tooLarge" });

  const { size, sha256, ...address } = await writeZip({
    source: measured(input.source, input.bytes),
    limit: largestBundle,
  }).catch((error: unknown) => {
    throw error instanceof FileRefused ? new DomainError("roster-refused", { reason: reasonOf(error) }) : error;
  });
  const importId = randomUUID();
  try {
    const { storageKey, keyWrapped } = keepAddress(actor.districtId, address);
    await doors.district(async (tx) => {
      const started = await tx.$executeRaw`
        with f as (
          insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type)
          values (${actor.districtId}::uuid, ${storageKey}, ${keyWrapped}, ${size}::bigint, ${sha256}, ${ZIP}) returning id)
        insert into roster_import (district_id, id, file_name, file_bytes, file_id, pickup_mark, uploaded_by, uploaded_by_name)
        select ${actor.districtId}::uuid, ${importId}::uuid, ${safeFileName(input.name)}, ${size}::bigint, f.id, ${input.pickupMark ?? null},
          ${actor.membershipId}::uuid, ${actor.name} from f
        on conflict do nothing`;
      // Somebody was faster while this one streamed. Thrown, so that the file's row goes as well.
      if (started === 0) throw new DomainError("roster-busy");
      await outbox(tx, "roster", { districtId: actor.districtId, importId, step: "check" });
      audit(tx, { action: "roster.upload", detail: { import: importId, bytes: size } });
    });
  } catch (error) {
    // Of anything else maybe only the commit's answer was lost, and the row is there: the sweeper of orphans finds out.
    if (error instanceof DomainError) await deleteFiles([address.storageKey]);
    throw error;
  }
  return { importId };
}

function reasonOf({ reason }: FileRefused): "empty" | "tooLarge" | "type" {
  return reason === "empty" || reason === "tooLarge" ? reason : "type";
}

async function* measured(source: AsyncIterable<Uint8Array>, announced: number | null): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    yield chunk;
  }
  if (announced !== null && received !== announced) throw new DomainError("roster-refused", { reason: "truncated" });
}
