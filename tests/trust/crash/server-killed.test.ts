import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "@/lib/districts/verify-audit";
import { handOver } from "@/lib/jobs/hand-over";
import { seal } from "@/lib/jobs/seal";
import type { Jobs } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { addMover, documentInput, draftDocuments } from "../../integration/transfers/document-hand-over";
import { codeOf, draft, sending, sent, statusOf } from "../../integration/transfers/hand-over";
import { putDocument } from "../../support/documents";
import { figure, seed, times } from "../../support/figures";
import { addCase, addMember, doors, makeWorld, type Someone, textFile } from "../../support/world";
import { type Act, orderOf, perform, takeIn } from "./acts";
import { chance, Moments, makeServers } from "./server";
import { attachmentsOf, documentOf, Faults, sweepAndCompare } from "./traces";

// Row 8. A server (a process that runs the real verbs) is SIGKILLed somewhere in what it does; then comes what comes in life: the jobs it
// left are done by a worker, and now and then the person clicks once more, or a colleague was doing the same on a second server.
const rounds = times("BATON_CRASH_RUNS", 1);
const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const purger = await addMember(world, lakeview, "purger", ["manageDocuments", "purge"]);
const random = chance(seed);
const faults = new Faults();
const servers = makeServers();
const counts = { kills: 0, "after the end": 0, files: 0 };

afterAll(() => servers.end());

/** Each a case with these files; their bytes differ each time. */
const files = () => [textFile("small.txt", 10), textFile("plan.txt", 200_000), textFile("report.txt", 900_000)];
type File = ReturnType<typeof files>[number];

/** Lets a server do it and kills that at a random moment. Every third time a second server does the same at once, and lives. */
async function killAt(moments: Moments, by: Someone, act: Act): Promise<void> {
  const [server, other] = [await servers.next(), random() < 1 / 3 ? await servers.next() : null];
  const answer = server.run(orderOf(by, act));
  const others = other?.run(orderOf(by, act));
  await moments.wait(answer);
  await server.kill();
  counts.kills++;
  if ((await answer) !== null) counts["after the end"]++;
  await others;
  await other?.kill();
}

/** How long it takes when nobody is killed, in a server that begins with it; that one is killed later, when it has done something before. */
async function learn(by: Someone, act: Act): Promise<Moments> {
  const moments = new Moments(random);
  const server = await servers.next();
  const began = performance.now();
  expect(await server.run(orderOf(by, act))).toBe("done");
  moments.learn(performance.now() - began);
  servers.giveBack(server);
  return moments;
}

/** Does the jobs that wait for a worker, those that come due later as well; what they leave behind, too. */
async function work(transferId: string): Promise<void> {
  for (const [name, run] of [
    ["seal", (job: Jobs["seal"]) => seal(job, 0)],
    ["hand-over", (job: Jobs["hand-over"]) => handOver(job, 0)],
  ] as const) {
    const jobs = await sql<{ data: Jobs["seal"] }>(
      "select data from pgboss.job where name = $1 and state < 'completed' and data ->> 'transferId' = $2",
      [name, transferId],
    );
    for (const { data } of jobs) await run(data);
  }
}

/** The person clicks again, as people do where no answer came; every other time. */
const maybeAgain = async (by: Someone, act: Act) => {
  if (random() < 0.5) await perform(orderOf(by, act)).catch((error: unknown) => expectRefusal(error));
};
const expectRefusal = (error: unknown) => expect((error as Error).name).toBe("DomainError");

async function transfersOf(dispatchId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>("select id from transfer where dispatch_id = $1", [dispatchId]);
  return rows.map((row) => row.id);
}

/** No mail, disclosure or event of a transfer stands there twice. */
async function noneTwice(transferId: string): Promise<void> {
  const twice = await sql<{ what: string }>(
    `select 'notify ' || (data ->> 'key') what from pgboss.job where name = 'notify' and data ->> 'transferId' = $1 group by data ->> 'key', data ->> 'districtId', data ->> 'event' having count(*) > 1
     union all select 'disclosure ' || category from disclosure where transfer_id = $1::uuid group by category, district_id, student_id, person_id having count(*) > 1
     union all select 'event ' || verb from transfer_event where transfer_id = $1::uuid group by verb having count(*) > 1`,
    [transferId],
  );
  faults.unless(twice.length === 0, "doubled", twice.map((row) => row.what).join(", "));
}

type Sent = { id: string; files: File[] };

/** Each sent case is there exactly once with its files, and the sender's is as it was. */
async function arrivedOnce(cases: readonly Sent[]): Promise<void> {
  for (const { id, files: theirs } of cases) {
    const rows = await sql<{ id: string }>('select id from "case" where district_id = $1 and origin_case_id = $2', [
      riverbend.id,
      id,
    ]);
    faults.count(rows.length, 1, "a received case");
    for (const [by, caseId] of [
      [lakeview.manager, id] as const,
      ...rows.map((row) => [riverbend.manager, row.id] as const),
    ]) {
      const found = await attachmentsOf(world, by, caseId);
      faults.count(found.size, theirs.length, "the files of a case");
      for (const file of theirs) {
        counts.files++;
        faults.unless(found.get(file.name)?.equals(file.bytes) ?? false, "half", `${file.name} of a case`);
      }
    }
  }
}

async function makeCases(): Promise<Sent[]> {
  const made: Sent[] = [];
  for (const own of [files(), []])
    made.push({ id: (await addCase(world, lakeview, { notes: ["A note"], files: own })).id, files: own });
  return made;
}

async function draftCases() {
  const cases = await makeCases();
  const dispatchId = await draft(
    world,
    lakeview.manager,
    cases.map((one) => one.id),
  );
  return { cases, dispatchId, act: { act: "send", input: sending(dispatchId, [riverbend]) } satisfies Act };
}

describe("killed while it", () => {
  beforeAll(() => console.log(`seed ${seed}`));

  test("sends", { timeout: 60_000 + rounds * 20_000 }, async () => {
    const moments = await learn(lakeview.manager, (await draftCases()).act);
    for (let round = 0; round < rounds; round++) {
      const { cases, dispatchId, act } = await draftCases();
      await killAt(moments, lakeview.manager, act);
      await maybeAgain(lakeview.manager, act);
      if ((await transfersOf(dispatchId)).length === 0) await perform(orderOf(lakeview.manager, act));
      const [transferId = "", ...more] = await transfersOf(dispatchId);
      faults.unless(more.length === 0, "doubled", "a transfer of one dispatch");
      await work(transferId);
      const status = await statusOf(world, transferId);
      faults.unless(status === "pending", "half", `a sent transfer is ${status}`);
      if (status !== "pending") continue;
      await noneTwice(transferId);
      await acceptTransfer(doors(riverbend.manager), { transferId, code: await codeOf(lakeview.manager, transferId) });
      await takeIn(doors(riverbend.manager), transferId, cases.length);
      await arrivedOnce(cases);
    }
  });

  test("accepts and saves", { timeout: 60_000 + rounds * 20_000 }, async () => {
    const ready = async () => {
      const own = files();
      const transfer = await sent(world, { cases: [{ files: own }, {}] });
      const act: Act = { act: "accept", transferId: transfer.id, code: transfer.code, cases: 2 };
      const cases = transfer.cases.map(({ id }, i) => ({ id, files: i === 0 ? own : [] }));
      return { transferId: transfer.id, cases, act };
    };
    const moments = await learn(riverbend.manager, (await ready()).act);
    for (let round = 0; round < rounds; round++) {
      const { transferId, cases, act } = await ready();
      await killAt(moments, riverbend.manager, act);
      const status = await statusOf(world, transferId);
      faults.unless(["pending", "unlocked", "completed"].includes(status), "half", `an accepted transfer is ${status}`);
      if (status === "unlocked") await takeIn(doors(riverbend.manager), transferId, cases.length);
      else if (status === "pending") await perform(orderOf(riverbend.manager, act));
      else await maybeAgain(riverbend.manager, act);
      faults.unless((await statusOf(world, transferId)) === "completed", "half", "what was saved isn't completed");
      await noneTwice(transferId);
      await arrivedOnce(cases);
    }
  });

  test("transfers documents", { timeout: 60_000 + rounds * 20_000 }, async () => {
    const ready = async () => {
      const { here, there } = await addMover(world);
      const own = files();
      const documents = await Promise.all(
        own.map(({ name, bytes }) =>
          putDocument(world, lakeview, { studentId: here.id, title: name, bytes, fileName: name }),
        ),
      );
      const ids = documents.map((one) => one.id);
      const dispatchId = await draftDocuments(lakeview.clerk, here.id, ids);
      const act: Act = { act: "documents", input: documentInput(dispatchId, riverbend, there.sisId) };
      return { own, ids, dispatchId, act };
    };
    const moments = await learn(lakeview.clerk, (await ready()).act);
    for (let round = 0; round < rounds; round++) {
      const { own, ids, dispatchId, act } = await ready();
      await killAt(moments, lakeview.clerk, act);
      await maybeAgain(lakeview.clerk, act);
      if ((await transfersOf(dispatchId)).length === 0) await perform(orderOf(lakeview.clerk, act));
      const [transferId = "", ...more] = await transfersOf(dispatchId);
      faults.unless(more.length === 0, "doubled", "a transfer of one dispatch");
      await work(transferId);
      const status = await statusOf(world, transferId);
      faults.unless(status === "delivered", "half", `transferred documents are ${status}`);
      await noneTwice(transferId);
      const rows = await sql<{ id: string; title: string }>(
        "select id, title from document where origin_transfer_id = $1",
        [transferId],
      );
      for (const [i, file] of own.entries()) {
        const theirs = rows.filter((row) => row.title === file.name);
        faults.count(theirs.length, 1, "a delivered document");
        for (const [by, id] of [
          [lakeview.clerk, ids[i] ?? ""] as const,
          ...theirs.map((row) => [riverbend.clerk, row.id] as const),
        ]) {
          counts.files++;
          faults.unless((await documentOf(by, id))?.equals(file.bytes) ?? false, "half", `${file.name} of a student`);
        }
      }
    }
  });

  test("purges", { timeout: 60_000 + rounds * 20_000 }, async () => {
    const ready = async () => {
      const own = files();
      const documents = await Promise.all(
        own.map(({ name, bytes }) => putDocument(world, lakeview, { bytes, fileName: name })),
      );
      const act: Act = { act: "purge", documentIds: documents.map((one) => one.id) };
      return { own, act };
    };
    const moments = await learn(purger, (await ready()).act);
    for (let round = 0; round < rounds; round++) {
      const { own, act } = await ready();
      await killAt(moments, purger, act);
      await maybeAgain(purger, act);
      const rows = await sql<{ id: string }>("select id from document where id = any ($1::uuid[])", [act.documentIds]);
      const certificates = await sql(
        "select 1 from purge_certificate where items @> jsonb_build_array(jsonb_build_object('documentId', $1::text))",
        [act.documentIds[0]],
      );
      faults.unless(
        [0, own.length].includes(rows.length),
        "half",
        `of ${own.length} purged documents ${rows.length} are left`,
      );
      faults.count(certificates.length, rows.length === 0 ? 1 : 0, "a purge's certificate");
      for (const [i, id] of act.documentIds.entries()) {
        const bytes = await documentOf(purger, id);
        counts.files++;
        const whole = rows.length === 0 ? bytes === null : (bytes?.equals(own[i]?.bytes ?? Buffer.alloc(0)) ?? false);
        faults.unless(whole, "half", rows.length === 0 ? "a purged document opens" : "an unpurged one doesn't");
      }
    }
  });

  test("takes an upload", { timeout: 60_000 + rounds * 20_000 }, async () => {
    const ready = () => {
      const text = textFile("upload.txt", 2_000_000).bytes.toString();
      return { act: "upload", studentId: lakeview.students[1]?.id ?? "", text } satisfies Act;
    };
    const moments = await learn(lakeview.clerk, ready());
    const documents = () =>
      sql<{ id: string }>("select id from document where district_id = $1 and student_id = $2", [
        lakeview.id,
        lakeview.students[1]?.id,
      ]);
    for (let round = 0; round < rounds; round++) {
      const before = new Set((await documents()).map((row) => row.id));
      const act = ready();
      await killAt(moments, lakeview.clerk, act);
      for (const { id } of (await documents()).filter((row) => !before.has(row.id))) {
        counts.files++;
        faults.unless((await documentOf(lakeview.clerk, id))?.toString() === act.text, "half", "an uploaded document");
      }
    }
  });

  test("nothing is lost, doubled or half", { timeout: 60_000 }, async () => {
    await sweepAndCompare(world, faults);
    for (const district of [lakeview, riverbend]) {
      const { broken } = await verifyAudit(doors(workerOf(district.id)), null);
      faults.unless(broken === null, "half", "an audit chain");
    }
    const waiting = await sql(
      "select 1 from transfer t where t.status = 'preparing' and not exists (select 1 from pgboss.job j where j.state < 'completed' and j.data ->> 'transferId' = t.id::text)",
    );
    faults.unless(waiting.length === 0, "half", "a transfer that nobody goes on with");
    figure(8, faults.counted, counts, seed);
    expect(faults.found).toEqual({ lost: [], doubled: [], half: [] });
    // Somewhere in the middle, not all after the end.
    expect(counts["after the end"]).toBeLessThan(counts.kills);
  });
});
