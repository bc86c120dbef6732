import { randomBytes, randomUUID } from "node:crypto";
import { open, readFile as readBytes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import { withDistrict } from "@/lib/db/tenant";
import { type Actor, workerOf } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { mapLimit } from "@/lib/storage/map-limit";
import { chooseDocuments } from "@/lib/transfers/choose-documents";
import { deliverDocuments } from "@/lib/transfers/deliver-documents";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { report } from "./report";

const rounds = 5;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/**
 * Transfers a student's documents from click to delivery: sealed under keys of their own, compared, adopted. The floor: the same rows, and
 * the same files copied with fsync.
 */
export async function benchDocuments(
  sender: Actor,
  receiver: Actor,
  superuserUrl: string,
  folder: string,
  count = 200,
  size = 1_000_000,
): Promise<void> {
  const bytes = Buffer.from(randomBytes(size / 2).toString("hex"));
  const client = new pg.Client(superuserUrl);
  await client.connect();
  const { rows } = await client.query<{ username: string }>("select username from membership where id = $1", [
    receiver.membershipId,
  ]);
  const owner = rows[0]?.username as string;
  const taken: Record<"figure" | "floor", number[]> = { figure: [], floor: [] };
  // What runs for the first time is compiled first: a server has done this before.
  for (const [round, many] of [5, ...Array.from({ length: rounds }, () => count)].entries()) {
    const students = await addStudents(client, sender, receiver);
    const documentIds = await addDocuments(sender, students.here, bytes, many);
    const floor = await floorTime(client, sender, receiver, students, folder, bytes, many);
    const figure = await timed(() => transfer(sender, receiver, students, documentIds, owner));
    if (round === 0) continue;
    taken.floor.push(floor);
    taken.figure.push(figure);
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] as number;
  report({
    work: `Transferring ${count} documents of ${size / 1_000_000} MB each`,
    figure: middle(taken.figure),
    floor: middle(taken.floor),
    unit: "ms",
    most: 3,
  });
  await client.end();
}

type Students = { here: string; there: string };

/** The same student in both districts. */
async function addStudents(client: pg.Client, sender: Actor, receiver: Actor): Promise<Students> {
  const [here, there] = [randomUUID(), randomUUID()];
  for (const [districtId, id] of [
    [sender.districtId, here],
    [receiver.districtId, there],
  ] as const)
    await client.query(
      "insert into student (district_id, id, sis_id, given_name, family_name, birth_date) values ($1, $2, $3, 'Benchmark', 'Documentson', '2012-02-02')",
      [districtId, id, `bench-${id}`],
    );
  return { here, there };
}

async function addDocuments(sender: Actor, studentId: string, bytes: Buffer, count: number): Promise<string[]> {
  const stored = await mapLimit(Array.from({ length: count }), 8, () =>
    writeFile({ source: Readable.from([bytes]), name: "plan.txt" }),
  );
  return withDistrict(sender, async (tx) => {
    const files = await tx.storedFile.createManyAndReturn({
      data: stored.map((file) => {
        const { storageKey, keyWrapped } = keepAddress(sender.districtId, file);
        return {
          districtId: sender.districtId,
          storageKey,
          keyWrapped: new Uint8Array(keyWrapped),
          size: BigInt(file.size),
          sha256: new Uint8Array(file.sha256),
          mediaType: file.mediaType,
        };
      }),
      select: { id: true },
    });
    const documents = await tx.document.createManyAndReturn({
      data: files.map((file, i) => ({
        districtId: sender.districtId,
        studentId,
        fileId: file.id,
        title: `Document ${i}`,
        type: "iep",
        addedByName: sender.name,
      })),
      select: { id: true },
    });
    return documents.map((one) => one.id);
  });
}

/** From the click to the delivery. */
async function transfer(
  sender: Actor,
  receiver: Actor,
  { here, there }: Students,
  documentIds: string[],
  owner: string,
): Promise<void> {
  const outgoing = doorsFor(sender);
  const { dispatchId } = await outgoing.district((tx) => chooseDocuments(tx, sender, { studentId: here, documentIds }));
  const { transferId } = await transferDocuments(outgoing, {
    dispatchId,
    receiverId: receiver.districtId,
    sisId: `bench-${there}`,
    owner,
    legalBasis: "enrollment",
  });
  // What is too large to wait for is the worker's; here it's the same process.
  await sealTransfer(doorsFor(workerOf(sender.districtId)), { transferId });
  const end = await deliverDocuments(doorsFor(workerOf(receiver.districtId)), { transferId });
  if (end !== "delivered") throw new Error(`the documents were not delivered: ${end}`);
}

/** One INSERT … SELECT of the same rows and a copy of the files with fsync; rolled back. */
async function floorTime(
  client: pg.Client,
  sender: Actor,
  receiver: Actor,
  { here, there }: Students,
  folder: string,
  bytes: Buffer,
  count: number,
): Promise<number> {
  const source = join(folder, "documents-source");
  const written = await open(source, "w");
  await written.writeFile(bytes);
  await written.close();
  await client.query("begin");
  const taken = await timed(async () => {
    await client.query(
      `with f as (insert into stored_file (district_id, id, storage_key, key_wrapped, size, sha256, media_type) select $1, f.id, 'floor' || f.storage_key, f.key_wrapped, f.size, f.sha256, f.media_type
         from document d join stored_file f on f.district_id = d.district_id and f.id = d.file_id where d.district_id = $2 and d.student_id = $3 returning id)
       insert into document (district_id, student_id, file_id, title, type, added_by_name) select $1, $4, f.id, 'Document', 'iep', 'Floor' from f`,
      [receiver.districtId, sender.districtId, here, there],
    );
    await mapLimit([...Array(count).keys()], 8, async (i) => {
      const file = await open(join(folder, `documents-${i}`), "w");
      await file.writeFile(await readBytes(source));
      await file.sync();
      await file.close();
    });
  });
  await client.query("rollback");
  return taken;
}
