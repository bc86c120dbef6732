import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { confirmPurge } from "@/lib/documents/confirm-purge";
import { deleteDocuments } from "@/lib/documents/delete-documents";
import { findAnyCertificate, findCertificate } from "@/lib/documents/find-certificate";
import { restoreDocuments } from "@/lib/documents/restore-documents";
import { outbox } from "@/lib/outbox";
import { objectStore } from "@/lib/storage/open-store";
import { liftHold } from "@/lib/students/lift-hold";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { audited, packing } from "../../support/documents";
import { expectPurged, isStored, leftovers, objectsWith } from "../../support/leftovers";
import { closedCase, confirm, hold, keepFor, oldDocument, proposalOf, propose, purgers } from "../../support/retention";
import { addMember, attach, doors, makeWorld, outcome, textFile } from "../../support/world";
import { decision, entered } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const [first, second] = await purgers(world, lakeview);
const keeper = await addMember(world, lakeview, "keeper", ["manageDistrict"]);
await keepFor(world, lakeview, "case", 7);
await keepFor(world, lakeview, "iep", 7);
const outcomesOf = async (id: string) =>
  Object.fromEntries((await proposalOf(second, id)).items.map((item) => [item.id, item.outcome]));

describe("succeeds", () => {
  test("a case is gone from database, storage, search and jobs, with history, plan, files, and its person’s name; a certificate stays", async () => {
    const canary = `canary${randomBytes(9).toString("hex")}`;
    const name = `zz${randomBytes(6).toString("hex")}`;
    const { id, number } = await closedCase(world, lakeview, 8, {
      given: `Given${name}`,
      family: `Family${name}`,
      notes: [`Said ${canary}`],
      strategies: [`Try ${canary}`],
      tasks: [`Do ${canary}`],
      assigned: [lakeview.staff],
    });
    const storageKey = await attach(world, lakeview, id, {
      name: `${canary}.txt`,
      bytes: Buffer.from(`Secret of ${canary} `.repeat(50)),
    });
    const sealed = Buffer.concat(await Readable.from(objectStore().get(storageKey)).toArray());
    const [person] = await world.sql<{ id: string }>('select person_id as id from "case" where id = $1', [id]);
    await withDistrict(lakeview.clerk, (tx) => outbox(tx, "recheck", { districtId: lakeview.id }));
    expect(await leftovers(world, canary)).toEqual([
      "public.attachment",
      "public.note",
      "public.strategy",
      "public.task",
    ]);
    expect(await leftovers(world, name)).toEqual(['public."case"', "public.case_word", "public.person"]);

    const proposal = await propose(first, [id]);
    expect(await confirm(second, proposal.id)).toEqual({ destroyed: 1, leftOut: 0 });

    await expectPurged(world, [canary, name], storageKey);
    expect(await isStored(storageKey)).toBe(false);
    expect(await objectsWith(sealed.subarray(-64))).toEqual([]);
    const view = await proposalOf(second, proposal.id);
    expect(view).toMatchObject({
      status: "confirmed",
      decided: { by: second.name },
      items: [{ outcome: "destroyed" }],
    });
    const certificateId = view.items[0]?.certificate?.id ?? "";
    const sheet = await withDistrict(second, (tx) =>
      findAnyCertificate(tx, second, { id: certificateId, zone: "UTC" }),
    );
    expect(sheet).toMatchObject({
      proposedBy: first.name,
      purgedBy: second.name,
      reason: "Schedule 7.2: its years are over",
      cases: [{ caseId: id, number, notes: 1, files: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] }],
    });
    // The certificate's number stands in for the name.
    expect(
      await world.sql("select given_name, family_name, birth_date from person where id = $1", [person?.id]),
    ).toEqual([{ given_name: "", family_name: sheet?.number, birth_date: null }]);
    expect((await audited(world, lakeview, id)).slice(-2)).toEqual(["case.purge", "disclosure.read"]);
    // Which case it was isn't told to who wouldn't have seen it.
    const told = await withDistrict(keeper, (tx) => findAnyCertificate(tx, keeper, { id: certificateId, zone: "UTC" }));
    expect(told).toMatchObject({ number: sheet?.number, cases: [{ number: null, notes: 1 }] });
    expect(JSON.stringify(told)).not.toContain(number);
  });

  test("documents and cases of one proposal, a certificate per student and kind, with both people on it", async () => {
    const [a, b] = lakeview.students;
    const records = [
      (await oldDocument(world, lakeview, 9, { studentId: a?.id as string })).id,
      (await oldDocument(world, lakeview, 8, { studentId: b?.id as string })).id,
      (await closedCase(world, lakeview, 8, { studentId: a?.id as string })).id,
    ];
    const { id } = await propose(first, records);
    expect(await confirm(second, id)).toEqual({ destroyed: 3, leftOut: 0 });
    const { items } = await proposalOf(second, id);
    expect(new Set(items.map((item) => item.certificate?.number)).size).toBe(3);
    const rows = await world.sql(
      "select kind, student_id, proposed_by_name, purged_by from purge_certificate where proposal_id = $1 order by kind, student_id",
      [id],
    );
    const by = { proposed_by_name: first.name, purged_by: second.membershipId };
    const documents = [a?.id, b?.id].sort().map((student_id) => ({ kind: "documents", student_id, ...by }));
    expect(rows).toEqual([{ kind: "cases", student_id: a?.id, ...by }, ...documents]);
  });

  test("a received case goes with the history that it came with, the name that it came under, and the other district’s notes", async () => {
    const { id } = await entered(world, {
      from: riverbend,
      to: lakeview,
      cases: [{ notes: ["A received note"], files: [textFile()] }],
      notes: "About the student",
      decisions: [decision(1, { decision: "link", studentId: lakeview.students[1]?.id as string })],
    });
    await saveTransfer(doors(lakeview.manager), { transferId: id });
    const [cover] = await world.sql("select came_as from intake where transfer_id = $1", [id]);
    expect(cover?.came_as).not.toBeNull();
    const [row] = await world.sql<{ id: string }>(
      'select id from "case" where district_id = $1 and origin_transfer_id = $2',
      [lakeview.id, id],
    );
    await world.sql("update \"case\" set status = 'closed' where id = $1", [row?.id]);
    await world.sql("update \"case\" set closed_at = now() - interval '8 years' where id = $1", [row?.id]);
    await confirm(second, (await propose(first, [row?.id as string])).id);
    expect(await world.sql("select 1 from note where case_id = $1", [row?.id])).toEqual([]);
    expect(await world.sql("select came_as, case_id from intake where transfer_id = $1", [id])).toEqual([
      { came_as: null, case_id: null },
    ]);
    expect(
      await world.sql("select 1 from received_cover where district_id = $1 and transfer_id = $2", [lakeview.id, id]),
    ).toEqual([]);
  });
});

describe("wrong permission", () => {
  test("Purge alone confirms; and a certificate of cases is for who manages cases or purges", async () => {
    const studentId = lakeview.students[0]?.id as string;
    const { id } = await propose(first, [(await closedCase(world, lakeview, 8, { studentId })).id]);
    const { number, items } = await proposalOf(first, id);
    for (const actor of [lakeview.admin, lakeview.manager, lakeview.clerk, lakeview.staff])
      expect(
        await outcome(
          confirmPurge(doors(actor), { proposalId: id, confirm: number, shown: items.map((item) => item.id) }),
        ),
      ).toBe("forbidden");
    await confirm(second, id);
    const certificate = (await proposalOf(second, id)).items[0]?.certificate?.id as string;
    const seen = async (actor: typeof first) =>
      (await withDistrict(actor, (tx) => findCertificate(tx, actor, { studentId, id: certificate }))) !== null;
    expect(await Promise.all([seen(lakeview.manager), seen(second), seen(lakeview.clerk)])).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("nobody confirms their own, whatever else they are; the database refuses it too", async () => {
    const { id } = await propose(first, [(await closedCase(world, lakeview, 8)).id]);
    expect(await outcome(confirm(first, id))).toBe("own-proposal");
    // The same person under another membership would be another actor of the same user.
    expect(await outcome(confirm({ ...second, userId: first.userId }, id))).toBe("own-proposal");
    await expect(
      world.sql(
        "update purge_proposal set status = 'confirmed', decided_at = now(), decided_by = $2, decided_by_user = $3, decided_by_name = 'x' where id = $1",
        [id, first.membershipId, first.userId],
      ),
    ).rejects.toThrow(/two_people/);
    await expect(
      world.sql(
        "update purge_proposal set status = 'confirmed', decided_at = now(), decided_by = $2, decided_by_user = $3, decided_by_name = 'x' where id = $1",
        [id, lakeview.clerk.membershipId, lakeview.clerk.userId],
      ),
    ).rejects.toThrow(/may not/);
  });

  test("cases need Manage Cases besides, documents Manage Documents; who has less isn’t told whose they are", async () => {
    const ofCases = await addMember(world, lakeview, "of-cases", ["purge", "manageCases"]);
    const ofDocuments = await addMember(world, lakeview, "of-documents", ["purge", "manageDocuments"]);
    const one = await closedCase(world, lakeview, 8, { given: "Hidden", family: "Person" });
    const paper = await oldDocument(world, lakeview, 8);
    const [caseOnly, paperOnly] = [await propose(first, [one.id]), await propose(first, [paper.id])];
    expect(await proposalOf(ofDocuments, caseOnly.id)).toMatchObject({
      canConfirm: false,
      unknown: "cases",
      items: [{ person: null, number: null }],
    });
    expect(await proposalOf(ofCases, paperOnly.id)).toMatchObject({ canConfirm: false, items: [{ person: null }] });
    expect(await outcome(confirm(ofDocuments, caseOnly.id))).toBe("cases-not-yours");
    expect(await outcome(confirm(ofCases, paperOnly.id))).toBe("documents-not-yours");
    expect(await outcome(confirm(ofCases, caseOnly.id))).toBe("done");
    expect(await outcome(confirm(ofDocuments, paperOnly.id))).toBe("done");
  });

  test("no case is deleted without a confirmed proposal, whoever asks the database", async () => {
    const { id } = await closedCase(world, lakeview, 8);
    await expect(withDistrict(lakeview.admin, (tx) => tx.case.deleteMany({ where: { id } }))).rejects.toThrow();
    expect(await world.sql('select 1 from "case" where id = $1', [id])).toHaveLength(1);
  });
});

describe("other district", () => {
  test("not there", async () => {
    const stranger = await addMember(world, riverbend, "stranger", ["purge"]);
    const { id } = await propose(first, [(await closedCase(world, lakeview, 8)).id]);
    const { number } = await proposalOf(first, id);
    expect(await outcome(confirmPurge(doors(stranger), { proposalId: id, confirm: number, shown: [] }))).toBe(
      "not-there",
    );
  });
});

describe("wrong state", () => {
  test("what is on hold, changed, restored, in a transfer, not due or gone is left out, and said so; the rest goes", async () => {
    const [held, changed, reopened, gone, rest] = [
      await closedCase(world, lakeview, 8),
      await closedCase(world, lakeview, 8),
      await closedCase(world, lakeview, 8),
      await oldDocument(world, lakeview, 8),
      await oldDocument(world, lakeview, 8),
    ];
    const [heldPaper, restored, packed, dated] = [
      await oldDocument(world, lakeview, 8, { studentId: lakeview.students[3]?.id as string }),
      await oldDocument(world, lakeview, 8),
      await oldDocument(world, lakeview, 8),
      await oldDocument(world, lakeview, 8),
    ];
    await withDistrict(lakeview.clerk, (tx) => deleteDocuments(tx, lakeview.clerk, { documentIds: [restored.id] }));
    const all = [held, changed, reopened, gone, rest, heldPaper, restored, packed, dated].map((one) => one.id);
    const { id, proposed } = await propose(first, all);
    expect(proposed).toBe(all.length);
    await hold(lakeview.admin, { caseId: held.id });
    await hold(lakeview.admin, { studentId: lakeview.students[3]?.id as string });
    await world.sql('update "case" set updated_at = now() where id = $1', [changed.id]);
    await world.sql("update \"case\" set status = 'open', version = version + 1 where id = $1", [reopened.id]);
    await world.sql("delete from document where id = $1", [gone.id]);
    await withDistrict(lakeview.clerk, (tx) => restoreDocuments(tx, lakeview.clerk, { documentIds: [restored.id] }));
    await packing(world, lakeview, riverbend, [packed.id]);
    await world.sql("update document set dated_on = current_date where id = $1", [dated.id]);
    const expected = {
      [held.id]: "held",
      [changed.id]: "changed",
      [reopened.id]: "changed",
      [gone.id]: "gone",
      [heldPaper.id]: "held",
      [restored.id]: "changed",
      [packed.id]: "waits",
      [dated.id]: "not-due",
    };
    expect(await outcomesOf(id)).toEqual({ ...expected, [rest.id]: null });
    expect(await confirm(second, id)).toEqual({ destroyed: 1, leftOut: 8 });
    expect(await outcomesOf(id)).toEqual({ ...expected, [rest.id]: "destroyed" });
    expect(await isStored(heldPaper.storageKey)).toBe(true);
  });

  test("nothing left: it stays open, to be withdrawn", async () => {
    const one = await closedCase(world, lakeview, 8);
    const { id } = await propose(first, [one.id]);
    await hold(lakeview.admin, { caseId: one.id });
    expect(await outcome(confirm(second, id, { shown: [one.id] }))).toBe("nothing-left");
    expect((await proposalOf(second, id)).status).toBe("open");
  });

  test("never another than the form said: not even as many, once a hold moved from one to another", async () => {
    const [kept, going] = [await closedCase(world, lakeview, 8), await closedCase(world, lakeview, 8)];
    const { id } = await propose(first, [kept.id, going.id]);
    const standing = await hold(lakeview.admin, { caseId: kept.id });
    await doors(lakeview.admin).district((tx) => liftHold(tx, lakeview.admin, { id: standing, reason: "Settled" }));
    await hold(lakeview.admin, { caseId: going.id });
    expect(await outcome(confirm(second, id, { shown: [going.id] }))).toBe("changed-meanwhile");
    expect(await world.sql('select 1 from "case" where id = $1', [kept.id])).toHaveLength(1);
    // Less than was shown goes.
    expect(await confirm(second, id, { shown: [kept.id, going.id] })).toEqual({ destroyed: 1, leftOut: 1 });
  });

  test("who joined since doesn't confirm, in no name; nor does anybody once the proposer may no longer", async () => {
    const one = await closedCase(world, lakeview, 8);
    const { id } = await propose(first, [one.id]);
    const permissions = ["purge", "manageCases", "manageDocuments"] as const;
    const late = await addMember(world, lakeview, "late", permissions);
    expect(await outcome(confirm(late, id))).toBe("joined-since");
    const decide = (actor: typeof first) =>
      world.sql(
        "update purge_proposal set status = 'confirmed', decided_at = now(), decided_by = $2, decided_by_user = $3, decided_by_name = 'x' where id = $1",
        [id, actor.membershipId, actor.userId],
      );
    await expect(decide(late)).rejects.toThrow(/joined since/);
    for (const [away, back] of [
      ["disabled_at = now()", "disabled_at = null"],
      ["permissions = '{manageCases}'", "permissions = '{purge,manageCases,manageDocuments}'"],
    ]) {
      await world.sql(`update membership set ${away} where id = $1`, [first.membershipId]);
      expect(await outcome(confirm(second, id))).toBe("proposer-gone");
      await expect(decide(second)).rejects.toThrow(/may no longer/);
      await world.sql(`update membership set ${back} where id = $1`, [first.membershipId]);
    }
    expect(await confirm(second, id)).toEqual({ destroyed: 1, leftOut: 0 });
  });

  test("confirmed once", async () => {
    const { id } = await propose(first, [(await closedCase(world, lakeview, 8)).id]);
    await confirm(second, id);
    expect(await outcome(confirm(second, id, { shown: [] }))).toBe("proposal-decided");
  });
});

describe("bad input", () => {
  test("another number typed, what isn't there", async () => {
    const { id } = await propose(first, [(await closedCase(world, lakeview, 8)).id]);
    expect(await outcome(confirm(second, id, { confirm: "D-2026-9999" }))).toBe("not-confirmed");
    for (const proposalId of ["nobody", randomUUID()])
      expect(await outcome(confirmPurge(doors(second), { proposalId, confirm: "x", shown: [] }))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("two confirm: one destroys, the other hears that it’s decided; one certificate", async () => {
    const third = await addMember(world, lakeview, "third", ["purge", "manageCases"]);
    const one = await closedCase(world, lakeview, 8);
    const { id } = await propose(first, [one.id]);
    const ends = await Promise.all([
      outcome(confirm(second, id, { shown: [one.id] })),
      outcome(confirm(third, id, { shown: [one.id] })),
    ]);
    expect(ends.sort()).toEqual(["done", "proposal-decided"]);
    expect(await world.sql("select 1 from purge_certificate where proposal_id = $1", [id])).toHaveLength(1);
  });

  test("one confirms, another places a hold: either it stood first and all is there, or there was nothing to hold", async () => {
    for (let round = 0; round < 6; round++) {
      const one = await closedCase(world, lakeview, 8);
      const { id } = await propose(first, [one.id]);
      const [confirmed, held] = await Promise.all([
        outcome(confirm(second, id, { shown: [one.id] })),
        outcome(hold(lakeview.admin, { caseId: one.id })),
      ]);
      const left = await world.sql('select 1 from "case" where id = $1', [one.id]);
      expect([
        { confirmed: "done", held: "not-there", left: 0 },
        { confirmed: "nothing-left", held: "done", left: 1 },
      ]).toContainEqual({ confirmed, held, left: left.length });
    }
  });
});
