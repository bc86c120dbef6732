import { createHash, randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { addAttachment } from "@/lib/cases/add-attachment";
import { openAttachment } from "@/lib/cases/open-attachment";
import { addDocument } from "@/lib/documents/add-document";
import { openDocument } from "@/lib/documents/open-document";
import { setEnv } from "@/lib/env";
import { deleteDoomed } from "@/lib/jobs/delete-objects";
import { handOver } from "@/lib/jobs/hand-over";
import { mapLimit } from "@/lib/storage/map-limit";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { figure, times } from "../../support/figures";
import { s3Credentials, startS3 } from "../../support/s3";
import { storageFolder } from "../../support/storage-folder";
import { addCase, doors, makeWorld } from "../../support/world";
import { addMover, documentInput, draftDocuments } from "./document-hand-over";
import { codeOf, decision, draft, sending } from "./hand-over";

// BATON_FILE_RUNS=1000 sends 1,000 files of up to 50 MB, one of them of exactly that; with 100 or fewer none is larger than 2 MB.
const count = times("BATON_FILE_RUNS", 40);
const largest = count > 100 ? 50_000_000 : 2_000_000;
/** So many travel in one transfer. */
const inTransfer = 10;

const world = await makeWorld();
const { lakeview, riverbend } = world;
const { manager, clerk } = lakeview;

type Sent = { name: string; size: number; sha256: string };

/**
 * Sizes over the whole range, each power of two as likely, with those where chunks, parts and blocks begin and end. A file of 0 bytes is
 * refused (product.md, section 7), so 1 is the smallest.
 */
function sizeOf(n: number): number {
  const edges = [1, 2, 65_535, 65_536, 65_537, 131_072, 262_144, 1_048_576, 8_388_608, largest];
  const edge = edges[n];
  if (edge !== undefined) return Math.min(edge, largest);
  return Math.max(1, Math.floor(largest ** (randomBytes(4).readUInt32BE() / 2 ** 32)));
}

/** A file that is taken: a PDF by its first bytes where it's long enough, else a text; and its SHA-256, reckoned while it's read. */
function makeFile(n: number): { name: string; source: () => AsyncGenerator<Buffer>; sent: () => Sent } {
  const size = sizeOf(n);
  const head = Buffer.from(size > 20 ? "%PDF-1.7\n" : "");
  const name = `file-${n}.${size > 20 ? "pdf" : "txt"}`;
  const hash = createHash("sha256");
  async function* source() {
    for (let at = 0; at < size; ) {
      const length = Math.min(size - at, 1 + (randomBytes(3).readUIntBE(0, 3) % 400_000));
      const bytes = size > 20 ? randomBytes(length) : Buffer.alloc(length, "x");
      head.copy(bytes, 0, Math.min(at, head.length), Math.min(at + length, head.length));
      hash.update(bytes);
      yield bytes;
      at += length;
    }
  }
  return { name, source, sent: () => ({ name, size, sha256: hash.digest("hex") }) };
}

async function receive(file: { name: string; size: number; stream: Readable }): Promise<Sent> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const bytes of file.stream as AsyncIterable<Buffer>) {
    hash.update(bytes);
    size += bytes.length;
  }
  expect(size).toBe(file.size);
  return { name: file.name, size, sha256: hash.digest("hex") };
}

async function throughCases(numbers: readonly number[]): Promise<{ sent: Sent[]; received: Sent[] }> {
  const { id: caseId } = await addCase(world, lakeview);
  const sent = await mapLimit(numbers, 4, async (n) => {
    const { name, source, sent } = makeFile(n);
    await addAttachment(doors(manager), { caseId, name, bytes: null, source: source() });
    return sent();
  });
  const dispatchId = await draft(world, manager, [caseId]);
  const [transferId = ""] = (await sendCases(doors(manager), sending(dispatchId, [riverbend]))).transferIds;
  // What's too large to wait for, the worker seals.
  await sealTransfer(doors(manager), { transferId });
  const there = doors(riverbend.manager);
  await acceptTransfer(there, { transferId, code: await codeOf(manager, transferId) });
  await decideItem(there, { ...decision(1), transferId, applyToAll: false, sameStudent: true });
  await saveTransfer(there, { transferId });
  const arrived = await world.sql<{ id: string }>(
    'select a.id from attachment a join "case" c on c.id = a.case_id where c.origin_transfer_id = $1',
    [transferId],
  );
  const received = await mapLimit(arrived, 4, async ({ id }) =>
    receive(await openAttachment(there, { id, purpose: "download" })),
  );
  return { sent, received };
}

async function throughDocuments(numbers: readonly number[]): Promise<{ sent: Sent[]; received: Sent[] }> {
  const { here, there } = await addMover(world);
  const added = await mapLimit(numbers, 4, async (n) => {
    const { name, source, sent } = makeFile(n);
    const about = { studentId: here.id, title: name.split(".")[0] as string, type: "iep" as const };
    const upload = { ...about, ownerId: null, datedOn: null, name, bytes: null, source: source() };
    const { documentId } = await addDocument(doors(clerk), upload);
    return { documentId, sent: sent() };
  });
  const dispatchId = await draftDocuments(
    clerk,
    here.id,
    added.map((one) => one.documentId),
  );
  const { transferId } = await transferDocuments(doors(clerk), documentInput(dispatchId, riverbend, there.sisId));
  await sealTransfer(doors(clerk), { transferId });
  await handOver({ districtId: riverbend.id, transferId }, 0);
  const arrived = await world.sql<{ id: string }>("select id from document where origin_transfer_id = $1", [
    transferId,
  ]);
  const received = await mapLimit(arrived, 4, async ({ id }) =>
    receive(await openDocument(doors(riverbend.clerk), { id, purpose: "download" })),
  );
  return { sent: added.map((one) => one.sent), received };
}

/** Sends all of them, ten to a transfer, and tells how many arrived as they were. Bytes of both sides go once they're compared. */
async function sendAll(through: typeof throughCases, numbers: readonly number[]): Promise<number> {
  const byName = (a: Sent, b: Sent) => (a.name < b.name ? -1 : 1);
  let same = 0;
  for (let at = 0; at < numbers.length; at += inTransfer) {
    const { sent, received } = await through(numbers.slice(at, at + inTransfer));
    const wanted = new Map(sent.map((one) => [one.name, one.sha256]));
    const whole = received.filter((one) => wanted.get(one.name) === one.sha256).length;
    figure(22, { whole: { found: whole, of: sent.length } }, { files: sent.length });
    expect(received.toSorted(byName)).toEqual(sent.toSorted(byName));
    same += whole;
    await world.sql("insert into doomed_object select storage_key from stored_file on conflict do nothing");
    await world.sql("truncate stored_file cascade");
    await deleteDoomed();
  }
  return same;
}

const numbers = Array.from({ length: count }, (_, n) => n);
const shares = [numbers.filter((n) => n % 2 === 0), numbers.filter((n) => n % 2 === 1)] as const;
let arrived = 0;
afterAll(() =>
  process.stdout.write(`SHA-256 sent = received: ${arrived} of ${count} files of 1 B to ${largest / 1e6} MB\n`),
);

describe("SHA-256 sent = received", () => {
  test("attachments of cases", { timeout: 60_000 + count * 10_000 }, async () => {
    arrived += await sendAll(throughCases, shares[0]);
    expect(arrived).toBe(shares[0].length);
  });

  test("documents", { timeout: 60_000 + count * 10_000 }, async () => {
    const same = await sendAll(throughDocuments, shares[1]);
    arrived += same;
    expect(same).toBe(shares[1].length);
  });

  test("through an S3-compatible storage, too", { timeout: 120_000 }, async () => {
    const s3 = await startS3();
    const folder = storageFolder();
    setEnv({ ...s3Credentials, STORAGE_DIR: "", STORAGE_URL: s3.url("files") });
    try {
      expect(await sendAll(throughCases, numbers.slice(0, 10))).toBe(10);
      expect(await sendAll(throughDocuments, numbers.slice(0, 10))).toBe(10);
    } finally {
      setEnv({ STORAGE_DIR: folder, STORAGE_URL: "" });
      await s3.stop();
    }
  });
});
