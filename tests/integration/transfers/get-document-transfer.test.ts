import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import { recallDocuments, reportDocuments, returnDocuments } from "@/lib/transfers/decide-documents";
import { linkDocuments } from "@/lib/transfers/deliver-documents";
import { type DocumentTransfer, getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { getHeld } from "@/lib/transfers/get-held";
import { redoTransfer } from "@/lib/transfers/redo-transfer";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";
import {
  addStudent,
  documentInput,
  handedOver,
  heldDocuments,
  type SentDocuments,
  sealedDocuments,
} from "./document-hand-over";
import { auditOf, sent as sentCases } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const look = (id: string, by: Someone = lakeview.clerk) =>
  doors(by).district((tx) => getDocumentTransfer(tx, by, { transferId: id }));

/** What the sender reads, without what differs from one transfer to the next anyhow. */
function plain(view: DocumentTransfer) {
  return JSON.parse(
    JSON.stringify(view, (key, value: unknown) =>
      ["id", "reference", "dispatchId", "student", "form", "documents", "totalBytes"].includes(key) ||
      /At$|^at$/.test(key)
        ? undefined
        : value,
    ),
  ) as unknown;
}
/** Everything that says who the student and the owner in the receiving district are. */
const receivers = (sent: SentDocuments) => [
  sent.there.id,
  riverbend.clerk.membershipId,
  riverbend.clerk.name,
  riverbend.staff.membershipId,
];

describe("succeeds", () => {
  test("the sender sees the originals, the own student, and what was typed; the reading is written down", async () => {
    const sent = await handedOver(world, {
      documents: [
        { title: "Older", datedOn: "2025-01-01" },
        { title: "Newer", type: "bip" },
      ],
      input: { notes: "Call me" },
    });
    const before = await auditOf(world, riverbend, sent.id);
    const view = await look(sent.id);
    expect(view).toMatchObject({
      side: "outgoing",
      status: "delivered",
      student: { id: sent.here.id, given: sent.here.given, sisId: sent.here.sisId },
      form: { sisId: sent.there.sisId, owner: "clerk" },
      notes: "Call me",
      owner: null,
      dispatchId: sent.dispatchId,
      sentBy: lakeview.clerk.name,
      quarantined: 0,
      redoOf: null,
      redoneBy: null,
      request: null,
    });
    expect(view.documents.map(({ n, title, type, deleted }) => ({ n, title, type, deleted }))).toEqual([
      { n: 1, title: "Newer", type: "bip", deleted: false },
      { n: 2, title: "Older", type: "iep", deleted: false },
    ]);
    for (const secret of receivers(sent)) expect(JSON.stringify(view)).not.toContain(secret);
    expect((await auditOf(world, lakeview, sent.id)).at(-1)).toBe("transfer.read");
    expect(await auditOf(world, riverbend, sent.id)).toEqual(before);
  });

  test("the receiver sees the own student, owner and documents, and of the sender's draft nothing", async () => {
    const sent = await handedOver(world, { documents: [{ title: "Plan" }], input: { notes: "Call me" } });
    const view = await look(sent.id, riverbend.clerk);
    expect(view).toMatchObject({
      side: "incoming",
      student: { id: sent.there.id, sisId: sent.there.sisId },
      owner: riverbend.clerk.name,
      notes: "Call me",
      form: null,
      dispatchId: null,
      documents: [{ n: 1, title: "Plan", deleted: false }],
    });
    for (const secret of [sent.here.id, sent.dispatchId, sent.documentIds[0], lakeview.clerk.membershipId])
      expect(JSON.stringify(view)).not.toContain(secret);
  });

  test("an original that is in the bin or gone is still listed: as deleted, by its type", async () => {
    const sent = await handedOver(world, { documents: [{ title: "Binned" }, { title: "Gone", type: "fba" }] });
    const [binned, gone] = sent.documentIds;
    await sql("update document set deleted_at = now() where id = $1", [binned]);
    await sql("delete from dispatch_document where document_id = $1", [gone]);
    await sql("delete from document where id = $1", [gone]);
    const { documents } = await look(sent.id);
    expect(documents).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: binned, title: "Binned", deleted: true }),
        expect.objectContaining({ id: null, title: null, type: "fba", bytes: null }),
      ]),
    );
  });

  test("a redo and what it redoes point at one another, on both sides", async () => {
    const sent = await handedOver(world);
    await reportDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Not him" });
    const { dispatchId } = await doors(lakeview.clerk).district((tx) =>
      redoTransfer(tx, lakeview.clerk, { transferId: sent.id }),
    );
    const next = await transferDocuments(doors(lakeview.clerk), documentInput(dispatchId, riverbend, sent.there.sisId));
    expect((await look(sent.id)).redoneBy?.id).toBe(next.transferId);
    expect((await look(next.transferId)).redoOf?.id).toBe(sent.id);
    await handOver({ districtId: riverbend.id, transferId: next.transferId }, 0);
    expect((await look(sent.id, riverbend.clerk)).redoneBy?.id).toBe(next.transferId);
    expect((await look(next.transferId, riverbend.clerk)).redoOf?.id).toBe(sent.id);
  });
});

describe("what the sender never learns", () => {
  test("why it's held: no reason's page differs from another's", async () => {
    const gone = await addMember(world, riverbend, "gone", []);
    await sql("update membership set disabled_at = now() where id = $1", [gone.membershipId]);
    const other = await addStudent(world, riverbend);
    const views = [];
    for (const [input, change] of [
      [{ sisId: "nobody" }, null],
      [{ owner: "nobody" }, null],
      [{ owner: "gone" }, null],
      [{ sisId: other.sisId }, null],
      [{}, "birth_date = '2001-01-01'"],
      [{}, "family_name = 'Else'"],
      [{}, "active = false"],
    ] as const) {
      const sent = await sealedDocuments(world, { input });
      if (change) await sql(`update student set ${change} where id = $1`, [sent.there.id]);
      await handOver({ districtId: riverbend.id, transferId: sent.id }, 0);
      const view = await look(sent.id);
      expect(view.status).toBe("held");
      for (const secret of receivers(sent)) expect(JSON.stringify(view)).not.toContain(secret);
      views.push(plain(view));
    }
    for (const view of views) expect(view).toEqual(views[0]);
  });

  test("whether a person linked it or it delivered itself, by whom, and to whom", async () => {
    const linked = await heldDocuments(world);
    await getHeld(doors(riverbend.clerk), { transferId: linked.id });
    const other = await addStudent(world, riverbend);
    await linkDocuments(doors(riverbend.clerk), {
      transferId: linked.id,
      studentId: other.id,
      ownerId: riverbend.staff.membershipId,
      sameStudent: true,
    });
    const text = JSON.stringify(await look(linked.id));
    for (const secret of [...receivers(linked), other.id, other.family, other.sisId, riverbend.staff.name])
      expect(text).not.toContain(secret);
    expect((await look(linked.id)).events.at(-1)).toMatchObject({
      verb: "deliver",
      actor: null,
      own: false,
      detail: null,
    });
  });
});

describe("what the receiver sees of one that is held", () => {
  test("neither student nor documents nor notes before it's linked: for that there's the disclosed look", async () => {
    const sent = await heldDocuments(world, {
      documents: [{ title: "Secret title" }],
      person: { stateId: "TX-123456" },
      input: { notes: "Secret notes", sisId: "SECRET-7" },
    });
    const view = await look(sent.id, riverbend.clerk);
    expect(view).toMatchObject({ status: "held", student: null, documents: [], form: null, owner: null, notes: null });
    for (const secret of [sent.here.given, sent.here.family, "TX-123456", "Secret", "SECRET-7", sent.here.sisId])
      expect(JSON.stringify(view)).not.toMatch(new RegExp(`"[^"]*\\b${secret}\\b`));
    expect(await sql("select 1 from disclosure where transfer_id = $1", [sent.id])).toEqual([]);
    await returnDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Not ours" });
    expect(await look(sent.id, riverbend.clerk)).toMatchObject({
      status: "returned",
      student: null,
      documents: [],
      notes: null,
    });
    expect(await look(sent.id)).toMatchObject({ status: "returned", reason: "Not ours", notes: "Secret notes" });
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s of either side, and writes no reading down", async (role) => {
    const sent = await handedOver(world);
    for (const district of [lakeview, riverbend]) {
      const before = await auditOf(world, district, sent.id);
      expect(await outcome(look(sent.id, district[role]))).toMatch(/^(forbidden|not-there)$/);
      expect(await auditOf(world, district, sent.id)).toEqual(before);
    }
  });

  test("a colleague who manages documents sees it as well", async () => {
    const sent = await handedOver(world);
    expect((await look(sent.id, lakeview.admin)).sentBy).toBe(lakeview.clerk.name);
  });
});

describe("other district", () => {
  test("isn't there for a third one, in any state", async () => {
    for (const make of [sealedDocuments, heldDocuments, handedOver])
      expect(await outcome(look((await make(world)).id, maple.clerk))).toBe("not-there");
  });
});

describe("wrong state", () => {
  test("isn't there for the receiver before its worker has looked", async () => {
    const sent = await sealedDocuments(world);
    expect((await look(sent.id)).status).toBe("preparing");
    expect(await outcome(look(sent.id, riverbend.clerk))).toBe("not-there");
  });

  test.each(["report", "recall"] as const)(
    "after a %s the receiver reads no titles; the sender keeps the own",
    async (verb) => {
      const sent = await handedOver(world, { documents: [{ title: "Secret one" }, { title: "Secret two" }] });
      const [run, by] = verb === "report" ? [reportDocuments, riverbend] : [recallDocuments, lakeview];
      await run(doors(by.clerk), { transferId: sent.id, reason: "Wrong" });
      const view = await look(sent.id, riverbend.clerk);
      expect(view.quarantined).toBe(2);
      expect(view.documents.map((one) => one.title)).toEqual([null, null]);
      expect(JSON.stringify(view)).not.toContain("Secret");
      expect((await look(sent.id)).documents.map((one) => one.title)).toEqual(["Secret one", "Secret two"]);
    },
  );

  test("what is in quarantine stays hidden from what follows in the same transaction", async () => {
    const sent = await handedOver(world);
    await recallDocuments(doors(lakeview.clerk), { transferId: sent.id, reason: "Wrong" });
    const left = await doors(riverbend.clerk).district(async (tx) => {
      await getDocumentTransfer(tx, riverbend.clerk, { transferId: sent.id });
      return tx.document.count({ where: { originTransferId: sent.id } });
    });
    expect(left).toBe(0);
  });
});

describe("bad input", () => {
  test("an id that nothing has, a draft's, a transfer of cases", async () => {
    const sent = await handedOver(world);
    expect(await outcome(look(randomUUID()))).toBe("not-there");
    expect(await outcome(look(sent.dispatchId))).toBe("not-there");
    expect(await outcome(look((await sentCases(world)).id, lakeview.admin))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("looked at by both sides while it's recalled: the titles, or that they're hidden, never half", async () => {
    const sent = await handedOver(world, { documents: [{ title: "T" }, { title: "T" }] });
    const [view] = await Promise.all([
      look(sent.id, riverbend.clerk),
      look(sent.id),
      recallDocuments(doors(lakeview.clerk), { transferId: sent.id, reason: "Wrong" }),
    ]);
    expect(["T,T", ","]).toContain(view.documents.map((one) => one.title).join());
    expect(view.quarantined).toBe(view.documents.filter((one) => one.title === null).length);
    for (const district of [lakeview, riverbend])
      expect((await auditOf(world, district, sent.id)).filter((action) => action === "transfer.read")).toHaveLength(1);
  });
});
