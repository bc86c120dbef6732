import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { editTask } from "@/lib/cases/edit-task";
import { findCase } from "@/lib/cases/find-case";
import { unwrapAddress } from "@/lib/storage/file-address";
import { readFile } from "@/lib/storage/files";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { getTransfer } from "@/lib/transfers/get-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { addCase, doors, makeWorld, textFile } from "../../support/world";
import { codeOf, decision, draft, entered, remainsOf, type Sent, sending } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const save = (transfer: Sent) => saveTransfer(doors(riverbend.manager), { transferId: transfer.id });
const jpeg = Buffer.concat([
  Buffer.from("\xff\xd8\xff\xe0", "latin1"),
  Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251)),
]);

test("brings attachments byte for byte, under the receiver's key, and dooms only what was left out", async () => {
  const files = [textFile("small.txt", 1), textFile("chunk.txt", 65_536), { name: "scan.jpg", bytes: jpeg }];
  const transfer = await entered(world, {
    cases: [
      { given: "Ana", files },
      { given: "Ben", files: [textFile("left.txt")] },
    ],
    decisions: [decision(1), decision(2, { decision: "leave", reason: "No" })],
  });
  const packed = await sql<{ storage_key: string; item_n: number }>(
    "select storage_key, item_n from package_file where transfer_id = $1 order by n",
    [transfer.id],
  );
  await save(transfer);
  const rows = await sql<{
    name: string;
    storage_key: string;
    key_wrapped: Buffer;
    sha256: Buffer;
    size: string;
    received: boolean;
  }>(
    'select a.name, f.storage_key, f.key_wrapped, f.sha256, f.size, a.received from attachment a join "case" c on c.id = a.case_id join stored_file f on f.id = a.file_id where c.origin_transfer_id = $1',
    [transfer.id],
  );
  expect(rows.map((row) => row.name).sort()).toEqual(files.map((file) => file.name).sort());
  for (const row of rows) {
    const wanted = files.find((file) => file.name === row.name)?.bytes as Buffer;
    const stream = readFile(unwrapAddress(riverbend.id, { storageKey: row.storage_key, keyWrapped: row.key_wrapped }));
    const bytes = Buffer.concat(await stream.toArray());
    expect(bytes.equals(wanted)).toBe(true);
    expect([row.received, Number(row.size), row.sha256.equals(createHash("sha256").update(wanted).digest())]).toEqual([
      true,
      wanted.length,
      true,
    ]);
    expect(() => unwrapAddress(lakeview.id, { storageKey: row.storage_key, keyWrapped: row.key_wrapped })).toThrow();
  }
  const left = packed.filter((file) => file.item_n === 2).map((file) => file.storage_key);
  const doomed = await sql<{ storage_key: string }>(
    "select storage_key from doomed_object where storage_key = any ($1)",
    [packed.map((file) => file.storage_key)],
  );
  expect(doomed.map((row) => row.storage_key)).toEqual(left);
  expect(await remainsOf(world, transfer.id)).toEqual({ items: 0, files: 0, keys: 0 });
  expect(await sql("select count(*)::int n from package_manifest where transfer_id = $1", [transfer.id])).toEqual([
    { n: 3 },
  ]);
});

test("lets names in any script, long notes and the plan survive; the history is read-only", async () => {
  const names = { given: "Zoë-Ngọc 'Bao'", family: "O’Brien-محمد 👩‍👧 Ñandú" };
  const long = `𝔘nicode “quotes” \\ 'x' {"a":1} \t${"ä👍".repeat(3333)}`.slice(0, 10_000);
  const transfer = await entered(world, {
    cases: [{ ...names, notes: [long, "line\r\nbreak"], strategies: ["Check in & out <b>"], tasks: ["Call مدرسة"] }],
    notes: "ignored",
  });
  await save(transfer);
  const [one] = await sql<{ id: string; person_id: string }>(
    'select id, person_id from "case" where origin_transfer_id = $1',
    [transfer.id],
  );
  expect(await sql("select given_name given, family_name family from person where id = $1", [one?.person_id])).toEqual([
    names,
  ]);
  const notes = await sql<{ id: string; body: string; received: boolean; author_name: string }>(
    "select id, body, received, author_name from note where case_id = $1",
    [one?.id],
  );
  expect(notes.map((note) => note.body).sort()).toEqual([long, "line\r\nbreak"].sort());
  expect(notes.every((note) => note.received && note.author_name === "Jo Author")).toBe(true);
  expect(await sql("select text, started_on::text from strategy where case_id = $1", [one?.id])).toEqual([
    { text: "Check in & out <b>", started_on: "2026-09-01" },
  ]);
  expect(await sql("select text, due_on::text from task where case_id = $1", [one?.id])).toEqual([
    { text: "Call مدرسة", due_on: "2026-12-01" },
  ]);
  for (const text of ["update note set body = 'changed' where id = $1", "delete from note where id = $1"]) {
    await expect(sql(text, [notes[0]?.id])).rejects.toThrow("received rows are read-only");
  }
  await doors(riverbend.manager).district((tx) =>
    tx.note.create({
      data: { districtId: riverbend.id, caseId: one?.id as string, authorName: "Own", body: "Ours" },
    }),
  );
});

test("keeps what the receiver would lose with the package: notes, opening day, full name, the place there", async () => {
  const student = lakeview.students[1] as (typeof lakeview.students)[number];
  await sql("update student set middle_name = 'Quincy', preferred_name = 'Benji' where id = $1", [student.id]);
  const transfer = await entered(world, {
    cases: [{ studentId: student.id, assigned: [lakeview.staff] }],
    notes: "Call 'me' 🙂",
  });
  const [before] = await sql<{ at: Date }>('select created_at at from "case" where id = $1', [transfer.cases[0]?.id]);
  await save(transfer);
  const [one] = await sql(
    'select p.middle_name, p.preferred_name, c.origin_place, c.created_at at from "case" c join person p on p.id = c.person_id where c.origin_transfer_id = $1',
    [transfer.id],
  );
  expect(one).toMatchObject({ middle_name: "Quincy", preferred_name: "Benji", at: before?.at });
  for (const part of [
    "North Middle School",
    "Care team",
    lakeview.admin.name,
    lakeview.manager.name,
    lakeview.staff.name,
  ]) {
    expect(one?.origin_place).toContain(part);
  }
  const seen = await doors(riverbend.colleague).district((tx) =>
    getTransfer(tx, riverbend.colleague, { transferId: transfer.id }),
  );
  expect(seen.notes).toBe("Call 'me' 🙂");
  expect((await sql("select notes_sealed from received_cover where transfer_id = $1", [transfer.id])).length).toBe(1);
});

test("a case manager who sees only assigned cases is assigned to the one that they were given", async () => {
  const transfer = await entered(world, { decisions: [decision(1, { managerId: riverbend.staff.membershipId })] });
  await save(transfer);
  expect(
    await sql(
      'select a.membership_id from case_assignment a join "case" c on c.id = a.case_id where c.origin_transfer_id = $1',
      [transfer.id],
    ),
  ).toEqual([{ membership_id: riverbend.staff.membershipId }]);
});

test("the manifest that stays tells of every item and file, and the transfer of the whole", async () => {
  const files = [textFile("a.txt"), textFile("b.txt")];
  const transfer = await entered(world, { cases: [{ files }, {}] });
  await save(transfer);
  const rows = await sql<{ sha256: Buffer; file_sha256: Buffer[] }>(
    "select sha256, file_sha256 from package_manifest where transfer_id = $1 order by n",
    [transfer.id],
  );
  const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(rows.flatMap((row) => row.file_sha256.map((one) => one.toString("hex"))).sort()).toEqual(
    files.map((file) => hash(file.bytes)).sort(),
  );
  const whole = hash(Buffer.concat(rows.flatMap((row) => [row.sha256, ...row.file_sha256])));
  expect(await sql("select encode(package_sha256, 'hex') whole from transfer where id = $1", [transfer.id])).toEqual([
    { whole },
  ]);
});

test("marks a task that came for somebody of the other district as theirs, until it's given to somebody here", async () => {
  const { id: caseId } = await addCase(world, lakeview, { tasks: ["Call the family", "Nobody's yet"] });
  await sql("update task set assignee_id = $1 where case_id = $2 and text = 'Call the family'", [
    lakeview.manager.membershipId,
    caseId,
  ]);
  const dispatchId = await draft(world, lakeview.manager, [caseId]);
  const { transferIds } = await sendCases(doors(lakeview.manager), sending(dispatchId, [riverbend]));
  const transferId = transferIds[0] as string;
  const { manager } = riverbend;
  await acceptTransfer(doors(manager), { transferId, code: await codeOf(lakeview.manager, transferId) });
  await decideItem(doors(manager), { ...decision(1), transferId, applyToAll: false });
  await saveTransfer(doors(manager), { transferId });
  const [one] = await sql<{ id: string }>('select id from "case" where origin_transfer_id = $1', [transferId]);
  const received = one?.id as string;
  const tasks = async () => {
    const found = await doors(manager).district((tx) => findCase(tx, manager, received));
    return (found?.tasks ?? []).sort((a, b) => a.text.localeCompare(b.text));
  };
  const [call] = await tasks();
  expect(await tasks()).toMatchObject([
    { text: "Call the family", assignee: lakeview.manager.name, assigneeId: null, theirs: true },
    { text: "Nobody's yet", assignee: null, theirs: false },
  ]);
  await doors(manager).district((tx) =>
    editTask(tx, manager, {
      id: call?.id as string,
      caseId: received,
      mark: call?.mark as string,
      text: "Call the family",
      assigneeId: manager.membershipId,
      dueOn: null,
    }),
  );
  expect((await tasks())[0]).toMatchObject({ assignee: manager.name, theirs: false });
});
