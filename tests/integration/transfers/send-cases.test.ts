import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sendCases } from "@/lib/transfers/send-cases";
import { figure, times } from "../../support/figures";
import { addCase, addMember, doors, makeWorld, outcome, setSwitch, textFile } from "../../support/world";
import { auditOf, codeOf, draft, eventsOf, mailsOf, sending, sent, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const send = (dispatchId: string, to = [riverbend], by = lakeview.manager) =>
  sendCases(doors(by), sending(dispatchId, to));
const newCases = (n: number) =>
  Promise.all(Array.from({ length: n }, () => addCase(world, lakeview))).then((cases) => cases.map((one) => one.id));
const inTransfer = async (transferId: string) =>
  (
    await sql<{ case_id: string; n: number }>(
      "select case_id, n from transfer_case where transfer_id = $1 order by n",
      [transferId],
    )
  ).map((row) => row);

describe("succeeds", () => {
  test("makes a pending transfer with a code, written down on both sides, both sides told", async () => {
    const { id, code, cases } = await sent(world, { cases: [{ files: [textFile()] }, { status: "closed" }] });
    const [row] = await sql(
      "select status, item_count, total_bytes, legal_basis, sent_by, reference from transfer where id = $1",
      [id],
    );
    expect(row).toMatchObject({
      status: "pending",
      item_count: 2,
      total_bytes: "1000",
      legal_basis: "enrollment",
      sent_by: lakeview.manager.membershipId,
    });
    expect(row?.reference).toMatch(/^T-\d{4}-\d{6}$/);
    expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    expect((await inTransfer(id)).map((one) => one.case_id).sort()).toEqual(cases.map((one) => one.id).sort());
    expect(await auditOf(world, lakeview, id)).toEqual(["transfer.send", "transfer.seal", "code.show"]);
    expect(await auditOf(world, riverbend, id)).toEqual(["transfer.seal"]);
    expect(await mailsOf(world, id)).toEqual(["transfer-received → Riverbend", "transfer-sent → Lakeview"]);
    expect(
      await sql(
        "select count(*)::int n from disclosure where transfer_id = $1 and district_id = $2 and recipient_district_id = $3",
        [id, lakeview.id, riverbend.id],
      ),
    ).toEqual([{ n: 2 }]);
  });

  test("makes one transfer per destination, each with a code of its own; a destination named twice counts once", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(2));
    const { transferIds } = await send(dispatch, [riverbend, maple, riverbend]);
    expect(transferIds).toHaveLength(2);
    const codes = await Promise.all(transferIds.map((id) => codeOf(lakeview.manager, id)));
    expect(new Set(codes).size).toBe(2);
  });

  test("keeps back a case that waits for the same district already, and sends it to another one", async () => {
    const [waiting = "", fresh = ""] = await newCases(2);
    await send(await draft(world, lakeview.manager, [waiting]));
    const { transferIds } = await send(await draft(world, lakeview.manager, [waiting, fresh]), [riverbend, maple]);
    const contents = await Promise.all(
      transferIds.map(async (id) => (await inTransfer(id)).map((one) => one.case_id).sort()),
    );
    expect(contents.sort((a, b) => a.length - b.length)).toEqual([[fresh], [waiting, fresh].sort()]);
  });

  test("gives the same answer to the same click, and does nothing twice", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    const first = await send(dispatch);
    const id = first.transferIds[0] as string;
    const code = await codeOf(lakeview.manager, id);
    expect(await send(dispatch)).toEqual(first);
    expect(await send(dispatch, [maple])).toEqual(first);
    expect(await codeOf(lakeview.manager, id)).toBe(code);
    expect(await auditOf(world, lakeview, id)).toEqual(["transfer.send", "transfer.seal", "code.show", "code.show"]);
    expect(
      await sql("select count(*)::int n from pgboss.job where name = 'seal' and data ->> 'transferId' = $1", [id]),
    ).toEqual([{ n: 1 }]);
  });

  test("leaves a large package to the worker: preparing, and seen by the sender alone", async () => {
    const { id: caseId } = await addCase(world, lakeview, { files: [textFile()] });
    await sql("update stored_file f set size = 200000000 from attachment a where a.file_id = f.id and a.case_id = $1", [
      caseId,
    ]);
    const { transferIds } = await send(await draft(world, lakeview.manager, [caseId]));
    expect(await statusOf(world, transferIds[0] as string)).toBe("preparing");
    const seen = (actor: typeof lakeview.manager) =>
      doors(actor).district((tx) => tx.transfer.count({ where: { id: transferIds[0] as string } }));
    expect([await seen(lakeview.colleague), await seen(riverbend.manager)]).toEqual([1, 0]);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    const dispatch = await draft(world, lakeview[role], await newCases(1));
    expect(await outcome(send(dispatch, [riverbend], lakeview[role]))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("doesn't find a dispatch of another district, nor a colleague's", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    expect(await outcome(send(dispatch, [maple], riverbend.manager))).toBe("not-there");
    expect(await outcome(send(dispatch, [riverbend], lakeview.colleague))).toBe("not-there");
    expect(await sql("select from transfer where dispatch_id = $1", [dispatch])).toEqual([]);
  });

  test("can't take another district's case along, even if its draft named one", async () => {
    const foreign = await addCase(world, riverbend);
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    await expect(
      sql("insert into dispatch_case (district_id, dispatch_id, case_id) values ($1, $2, $3)", [
        lakeview.id,
        dispatch,
        foreign.id,
      ]),
    ).rejects.toThrow(/foreign key/);
  });
});

describe("wrong state", () => {
  test("sends nothing at all when one of the districts has switched off since the choosing", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    await setSwitch(world, maple, false);
    expect(await outcome(send(dispatch, [riverbend, maple]))).toBe("other-switch-off");
    await setSwitch(world, maple, true);
    await setSwitch(world, lakeview, false);
    expect(await outcome(send(dispatch, [riverbend, maple]))).toBe("own-switch-off");
    await setSwitch(world, lakeview, true);
    expect(await sql("select from transfer where dispatch_id = $1", [dispatch])).toEqual([]);
    expect((await send(dispatch, [riverbend, maple])).transferIds).toHaveLength(2);
  });

  test("sends no case that has been claimed or deleted since the choosing", async () => {
    const [claimed = "", deleted = "", left = ""] = await newCases(3);
    const dispatch = await draft(world, lakeview.manager, [claimed, deleted, left]);
    await send(await draft(world, lakeview.colleague, [claimed]), [riverbend], lakeview.colleague);
    await sql('delete from "case" where id = $1', [deleted]);
    const { transferIds } = await send(dispatch);
    expect((await inTransfer(transferIds[0] as string)).map((one) => one.case_id)).toEqual([left]);
  });

  test("says so when all of them wait already, or all are gone", async () => {
    const [only = ""] = await newCases(1);
    const [second, third] = [
      await draft(world, lakeview.manager, [only]),
      await draft(world, lakeview.manager, await newCases(1)),
    ];
    await send(await draft(world, lakeview.manager, [only]));
    expect(await outcome(send(second))).toBe("all-held-back");
    await sql('delete from "case" c using dispatch_case d where d.case_id = c.id and d.dispatch_id = $1', [third]);
    expect(await outcome(send(third))).toBe("nothing-chosen");
  });
});

describe("bad input", () => {
  test("asks for a district, and for no more than 20", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    expect(await outcome(sendCases(doors(lakeview.manager), sending(dispatch, [])))).toBe("no-district");
    const receiverIds = Array.from({ length: 21 }, () => randomUUID());
    expect(await outcome(sendCases(doors(lakeview.manager), { ...sending(dispatch, []), receiverIds }))).toBe(
      "too-many-districts",
    );
  });

  test("doesn't send to the own district, to one of the directory alone, nor to nobody", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    const [listed] = await sql<{ id: string }>(
      "insert into district (nces_id, name, state) values ('4800009', 'Only listed', 'TX') returning id",
    );
    for (const id of [lakeview.id, listed?.id as string, randomUUID()]) {
      expect(
        await outcome(
          sendCases(doors(lakeview.manager), { ...sending(dispatch, []), receiverIds: [riverbend.id, id] }),
        ),
      ).toBe("not-on-baton");
    }
  });

  test("refuses more than 2 GB, and a dispatch that there isn't", async () => {
    const { id } = await addCase(world, lakeview, { files: [textFile()] });
    await sql(
      "update stored_file f set size = 3000000000 from attachment a where a.file_id = f.id and a.case_id = $1",
      [id],
    );
    expect(await outcome(send(await draft(world, lakeview.manager, [id])))).toBe("too-large");
    expect(await outcome(send(randomUUID()))).toBe("not-there");
  });
});

describe("two at once", () => {
  const clicks = times("BATON_CLICKS", 10);
  test(`makes one transfer of a click that comes ${clicks} times, and writes it down once`, {
    timeout: 120_000,
  }, async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(2));
    const click = async () => JSON.stringify(await send(dispatch));
    // Half of them at once, as a double click comes; then one after another, as a browser repeats a request.
    const answers = await Promise.all(Array.from({ length: clicks / 2 }, click));
    while (answers.length < clicks) answers.push(await click());
    const made = await sql<{ id: string }>("select id from transfer where dispatch_id = $1", [dispatch]);
    const different = new Set(answers).size;
    figure(12, { effects: [made.length], "different answers": [different] }, { clicks: answers.length });
    expect([made.length, different]).toEqual([1, 1]);
    const id = made[0]?.id as string;
    expect(await auditOf(world, lakeview, id)).toEqual(["transfer.send", "transfer.seal"]);
    expect(await eventsOf(world, id)).toEqual(["seal"]);
  });

  test("puts a case that several people send to one district into one transfer, and numbers what is left without a gap", async () => {
    const cases = await newCases(6);
    const senders = await Promise.all(
      ["a", "b", "c", "d"].map((name) => addMember(world, lakeview, name, ["manageCases"])),
    );
    // Each sends three neighbors of six.
    const dispatches = await Promise.all(senders.map((by, i) => draft(world, by, cases.slice(i, i + 3))));
    const outcomes = await Promise.all(senders.map((by, i) => outcome(send(dispatches[i] as string, [riverbend], by))));
    expect(new Set(["done", "all-held-back", ...outcomes])).toEqual(new Set(["done", "all-held-back"]));
    const rows = await sql<{ id: string; item_count: number }>(
      "select id, item_count from transfer where dispatch_id = any ($1)",
      [dispatches],
    );
    const contents = await Promise.all(rows.map((row) => inTransfer(row.id)));
    expect(
      contents
        .flat()
        .map((one) => one.case_id)
        .sort(),
    ).toEqual([...cases].sort());
    contents.forEach((content, i) => {
      expect(content.map((one) => one.n)).toEqual(content.map((_, at) => at + 1));
      expect(rows[i]?.item_count).toBe(content.length);
    });
  });

  test("lets two districts send to each other", async () => {
    const there = await draft(world, riverbend.manager, [(await addCase(world, riverbend)).id]);
    const here = await draft(world, lakeview.manager, await newCases(1));
    const both = await Promise.all([send(here), send(there, [lakeview], riverbend.manager)]);
    expect(both.map((one) => one.transferIds.length)).toEqual([1, 1]);
  });

  test("either sends before the switch goes off, or not at all", async () => {
    const dispatch = await draft(world, lakeview.manager, await newCases(1));
    const [result] = await Promise.all([outcome(send(dispatch)), setSwitch(world, riverbend, false)]);
    expect(["done", "other-switch-off"]).toContain(result);
    expect(await sql("select from transfer where dispatch_id = $1", [dispatch])).toHaveLength(
      result === "done" ? 1 : 0,
    );
    await setSwitch(world, riverbend, true);
  });
});
