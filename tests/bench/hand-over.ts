import { randomBytes } from "node:crypto";
import { open, readFile as readBytes, writeFile as writeBytes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import { withDistrict } from "@/lib/db/tenant";
import type { Actor } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { mapLimit } from "@/lib/storage/map-limit";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { revealCode } from "@/lib/transfers/codes";
import { decideRest } from "@/lib/transfers/decide-items";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { deriveFromCode, newSalt } from "@/lib/transfers/seal";
import { sendCases } from "@/lib/transfers/send-cases";
import { report } from "./report";

const count = 500;
const size = 100_000;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Sends 500 cases with an attachment of 100 kB each, then accepts and saves them; the floor: the same rows, the same files with fsync, one argon2id. */
export async function benchHandOver(
  sender: Actor,
  receiver: Actor,
  superuserUrl: string,
  folder: string,
): Promise<void> {
  const caseIds = await withDistrict(sender, async (tx) =>
    (await tx.case.findMany({ take: count, orderBy: { number: "asc" }, select: { id: true } })).map((one) => one.id),
  );
  const text = Buffer.from(randomBytes(size / 2).toString("hex"));
  const stored = await mapLimit(caseIds, 8, async (caseId) => ({
    caseId,
    file: await writeFile({ source: Readable.from([text]), name: "plan.txt" }),
  }));
  await withDistrict(sender, async (tx) => {
    const files = stored.map(({ file }) => ({
      ...keepAddress(sender.districtId, file),
      districtId: sender.districtId,
      size: BigInt(file.size),
      sha256: new Uint8Array(file.sha256),
      mediaType: file.mediaType,
    }));
    const rows = await tx.storedFile.createManyAndReturn({
      data: files.map((file) => ({ ...file, keyWrapped: new Uint8Array(file.keyWrapped) })),
      select: { id: true },
    });
    await tx.attachment.createMany({
      data: rows.map((row, i) => ({
        districtId: sender.districtId,
        caseId: stored[i]?.caseId as string,
        fileId: row.id,
        name: "plan.txt",
        addedByName: sender.name,
      })),
    });
    await tx.note.createMany({
      data: caseIds.flatMap((caseId) =>
        [1, 2, 3].map((n) => ({
          districtId: sender.districtId,
          caseId,
          authorName: sender.name,
          body: `Note ${n}: ${"a sentence about the week. ".repeat(8)}`,
        })),
      ),
    });
  });

  const floor = await floorTime(sender, receiver, caseIds, superuserUrl, folder, text);
  const outgoing = doorsFor(sender);
  const incoming = doorsFor(receiver);
  let transferId = "";
  const sending = await timed(async () => {
    const { dispatchId } = await outgoing.district((tx) => chooseCases(tx, sender, { caseIds }, ""));
    const sent = await sendCases(outgoing, {
      dispatchId,
      receiverIds: [receiver.districtId],
      notes: "",
      legalBasis: "enrollment",
      spokeWith: null,
      spokeOn: null,
    });
    transferId = sent.transferIds[0] as string;
    await revealCode(outgoing, { transferId });
  });
  report({ work: "Sending 500 cases with 100 kB each", figure: sending, floor, unit: "ms", most: 4 });
  const code = (await revealCode(outgoing, { transferId }))?.code as string;
  const accepting = await timed(async () => {
    await acceptTransfer(incoming, { transferId, code });
    const rest = { transferId, buildingId: null, teamId: null, managerId: null };
    const decided =
      (await decideRest(incoming, { ...rest, which: "agreeing" })) +
      (await decideRest(incoming, { ...rest, which: "unmatched" }));
    if (decided !== count) throw new Error(`only ${decided} of ${count} decided`);
    await saveTransfer(incoming, { transferId });
  });
  report({ work: "Accepting and saving these 500", figure: accepting, floor, unit: "ms", most: 6 });
}

/** One INSERT … SELECT of the same rows, a copy of the files with fsync, one argon2id; rolled back. */
async function floorTime(
  sender: Actor,
  receiver: Actor,
  caseIds: string[],
  superuserUrl: string,
  folder: string,
  text: Buffer,
): Promise<number> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  await client.query("begin");
  const source = join(folder, "floor-source");
  await writeBytes(source, text);
  const taken = await timed(async () => {
    await client.query(
      `create temp table floor_case on commit drop as select c.*, s.given_name, s.family_name, s.birth_date from "case" c join student s on s.district_id = c.district_id and s.id = c.student_id where c.district_id = $1 and c.id = any ($2)`,
      [sender.districtId, caseIds],
    );
    await client.query(
      `insert into person (district_id, id, given_name, family_name, birth_date) select $1, id, given_name, family_name, birth_date from floor_case`,
      [receiver.districtId],
    );
    await client.query(
      `insert into "case" (district_id, id, number, person_id, status, level) select $1, id, 'floor-' || number, id, status, level from floor_case`,
      [receiver.districtId],
    );
    await client.query(
      `insert into note (district_id, case_id, author_name, body, written_at, received) select $1, case_id, author_name, body, written_at, true from note where district_id = $2 and case_id = any ($3)`,
      [receiver.districtId, sender.districtId, caseIds],
    );
    await client.query(
      `with f as (insert into stored_file (district_id, id, storage_key, key_wrapped, size, sha256, media_type) select $1, f.id, 'floor' || f.storage_key, f.key_wrapped, f.size, f.sha256, f.media_type
         from attachment a join stored_file f on f.district_id = a.district_id and f.id = a.file_id where a.district_id = $2 and a.case_id = any ($3) returning 1) select count(*) from f`,
      [receiver.districtId, sender.districtId, caseIds],
    );
    await client.query(
      `insert into attachment (district_id, case_id, file_id, name, added_by_name, received) select $1, case_id, file_id, name, added_by_name, true from attachment where district_id = $2 and case_id = any ($3)`,
      [receiver.districtId, sender.districtId, caseIds],
    );
    await mapLimit([...caseIds.keys()], 8, async (i) => {
      const file = await open(join(folder, `floor-${i}`), "w");
      await file.writeFile(await readBytes(source));
      await file.sync();
      await file.close();
    });
    await deriveFromCode("0000000000000000", newSalt(), Buffer.alloc(32, 1));
  });
  await client.query("rollback");
  await client.end();
  return taken;
}
