import { openAttachment } from "@/lib/cases/open-attachment";
import { openDocument } from "@/lib/documents/open-document";
import { deleteDoomed, deleteOrphans } from "@/lib/jobs/delete-objects";
import { objectStore } from "@/lib/storage/open-store";
import { doors, type Someone, type World } from "../../support/world";

type Fault = "lost" | "doubled" | "half";

/** What was found wrong, each with a word on what: the figures of the scorecard, and what to look at where they aren't 0. */
export class Faults {
  readonly found: Record<Fault, string[]> = { lost: [], doubled: [], half: [] };

  /** Notes it unless it's as it should be. */
  unless(good: boolean, fault: Fault, what: string): void {
    if (!good) this.found[fault].push(what);
  }

  /** As often as it should be: fewer is lost, more is doubled. */
  count(there: number, wanted: number, what: string): void {
    this.unless(there >= wanted, "lost", `${what}: ${there} of ${wanted}`);
    this.unless(there <= wanted, "doubled", `${what}: ${there} for ${wanted}`);
  }

  get counted(): Record<Fault, number> {
    const { lost, doubled, half } = this.found;
    return { lost: lost.length, doubled: doubled.length, half: half.length };
  }
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** The bytes of a case's attachments by name, as somebody of its district gets them; null for one that doesn't open. */
export async function attachmentsOf(world: World, by: Someone, caseId: string): Promise<Map<string, Buffer | null>> {
  const rows = await world.sql<{ id: string; name: string }>(
    "select id, name from attachment where district_id = $1 and case_id = $2",
    [by.districtId, caseId],
  );
  const found = new Map<string, Buffer | null>();
  for (const { id, name } of rows) {
    const bytes = openAttachment(doors(by), { id, purpose: "download" }).then(({ stream }) => bytesOf(stream));
    found.set(name, await bytes.catch(() => null));
  }
  return found;
}

/** The bytes of a document, as somebody of its district gets them; null where it isn't there or doesn't open. */
export function documentOf(by: Someone, id: string): Promise<Buffer | null> {
  return openDocument(doors(by), { id, purpose: "download" })
    .then(({ stream }) => bytesOf(stream))
    .catch(() => null);
}

/**
 * Lets the sweeper run as a day later, then compares storage and database: every object that a row names is there, and nothing else.
 */
export async function sweepAndCompare(world: World, faults: Faults): Promise<number> {
  await deleteDoomed();
  await deleteOrphans(new Date(Date.now() + 25 * 3_600_000));
  const rows = await world.sql<{ key: string }>(
    "select storage_key key from stored_file union select storage_key from package_file",
  );
  const named = new Set(rows.map((row) => row.key));
  const stored = new Set<string>();
  for await (const { key } of objectStore().list("")) stored.add(key);
  faults.unless(
    [...named].every((key) => stored.has(key)),
    "lost",
    "an object that a row names",
  );
  faults.unless(
    [...stored].every((key) => named.has(key)),
    "half",
    "an object that no row names, a day later",
  );
  return stored.size;
}
