import { afterAll, beforeAll, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import { seal } from "@/lib/jobs/seal";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { addMover, documentInput, draftDocuments } from "../../integration/transfers/document-hand-over";
import { codeOf, draft, sending, statusOf } from "../../integration/transfers/hand-over";
import { putDocument } from "../../support/documents";
import { addCase, doors, makeWorld, textFile } from "../../support/world";
import { type Act, orderOf, takeIn } from "./acts";
import { type Server, startServer } from "./server";
import { attachmentsOf, documentOf, Faults, sweepAndCompare } from "./traces";

// The storage's disk is full: a server may not write files beyond a size, by a limit of the operating system, and gets an error in the middle
// of a write, as from a full disk. It has to live on, and to leave nothing half behind.
const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const faults = new Faults();
let server: Server;
beforeAll(async () => {
  server = await startServer({ largestFile: 300 });
}, 60_000);
afterAll(() => server.kill());
const largest = textFile("large.txt", 2_000_000);

test("an upload fails with a word, leaves nothing, and the next one that fits goes on", async () => {
  const studentId = lakeview.students[0]?.id ?? "";
  const upload = (text: string) => server.run(orderOf(lakeview.clerk, { act: "upload", studentId, text }));
  const answer = await upload(largest.bytes.toString());
  expect(answer).toMatch(/EFBIG|file too large/i);
  expect(await sql("select 1 from document")).toEqual([]);
  await sweepAndCompare(world, faults);
  expect(await upload("a line")).toBe("done");
  const [document] = await sql<{ id: string }>("select id from document");
  expect((await documentOf(lakeview.clerk, document?.id ?? ""))?.toString()).toBe("a line");
});

test("a send waits, preparing, until there's room; then it arrives whole", async () => {
  const one = await addCase(world, lakeview, { files: [textFile("small.txt", 10), largest] });
  const dispatchId = await draft(world, lakeview.manager, [one.id]);
  expect(await server.run(orderOf(lakeview.manager, { act: "send", input: sending(dispatchId, [riverbend]) }))).toBe(
    "done",
  );
  const [transfer] = await sql<{ id: string }>("select id from transfer where dispatch_id = $1", [dispatchId]);
  const transferId = transfer?.id ?? "";
  expect(await statusOf(world, transferId)).toBe("preparing");
  await sweepAndCompare(world, faults);

  await seal({ districtId: lakeview.id, transferId }, 0);
  await acceptTransfer(doors(riverbend.manager), { transferId, code: await codeOf(lakeview.manager, transferId) });
  await takeIn(doors(riverbend.manager), transferId, 1);
  const [arrived] = await sql<{ id: string }>('select id from "case" where origin_case_id = $1', [one.id]);
  expect((await attachmentsOf(world, riverbend.manager, arrived?.id ?? "")).get("large.txt")).toEqual(largest.bytes);
});

test("documents wait as well, and are delivered whole", async () => {
  const { here, there } = await addMover(world);
  const { id } = await putDocument(world, lakeview, { studentId: here.id, bytes: largest.bytes });
  const dispatchId = await draftDocuments(lakeview.clerk, here.id, [id]);
  const act: Act = { act: "documents", input: documentInput(dispatchId, riverbend, there.sisId) };
  expect(await server.run(orderOf(lakeview.clerk, act))).toBe("done");
  const [transfer] = await sql<{ id: string }>("select id from transfer where dispatch_id = $1", [dispatchId]);
  const transferId = transfer?.id ?? "";
  expect(await statusOf(world, transferId)).toBe("preparing");
  await seal({ districtId: lakeview.id, transferId }, 0);
  await handOver({ districtId: riverbend.id, transferId }, 0);
  const [arrived] = await sql<{ id: string }>("select id from document where origin_transfer_id = $1", [transferId]);
  expect(await documentOf(riverbend.clerk, arrived?.id ?? "")).toEqual(largest.bytes);
});

test("nothing half is left", async () => {
  await sweepAndCompare(world, faults);
  expect(faults.found).toEqual({ lost: [], doubled: [], half: [] });
});
