import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import {
  recallDocuments,
  releaseDocuments,
  reportDocuments,
  returnDocuments,
  withdrawDocuments,
} from "@/lib/transfers/decide-documents";
import { getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { purgeTransfer } from "@/lib/transfers/purge-transfer";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { handedOver, heldDocuments, sealedDocuments } from "./document-hand-over";
import { auditOf, eventsOf, mailsOf, remainsOf, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const purger = await addMember(world, riverbend, "purger", ["manageDocuments", "purge"]);

const verbs = {
  return: { run: returnDocuments, by: riverbend, from: heldDocuments, to: "returned" },
  report: { run: reportDocuments, by: riverbend, from: handedOver, to: "reported" },
  recall: { run: recallDocuments, by: lakeview, from: handedOver, to: "recalled" },
  withdraw: { run: withdrawDocuments, by: lakeview, from: reported, to: "withdrawn" },
} as const;
type Verb = keyof typeof verbs;
const each = Object.keys(verbs) as Verb[];
const run = (verb: Verb, id: string, by: Someone = verbs[verb].by.clerk, reason = "Why") =>
  verbs[verb].run(doors(by), { transferId: id, reason });

async function reported(of: typeof world) {
  const sent = await handedOver(of);
  await reportDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Not her" });
  return sent;
}
const seen = (id: string) =>
  doors(riverbend.clerk).district((tx) => tx.document.count({ where: { originTransferId: id } }));
const quarantineOf = async (id: string) =>
  (await sql<{ q: string | null }>("select quarantine q from document where origin_transfer_id = $1", [id])).map(
    (row) => row.q,
  );

describe("succeeds", () => {
  test.each(each)("%s: the other side is told and reads why; twice is once", async (verb) => {
    const sent = await verbs[verb].from(world);
    await run(verb, sent.id);
    await run(verb, sent.id, verbs[verb].by.clerk, "Another");
    expect(await sql("select status, reason from transfer where id = $1", [sent.id])).toEqual([
      { status: verbs[verb].to, reason: "Why" },
    ]);
    expect((await eventsOf(world, sent.id)).filter((event) => event === verb)).toHaveLength(1);
    for (const district of [lakeview, riverbend])
      expect((await auditOf(world, district, sent.id)).at(-1)).toBe(`transfer.${verb}`);
    const other = verbs[verb].by === riverbend ? lakeview : riverbend;
    const mail = { return: "returned", report: "reported", recall: "recalled", withdraw: null }[verb];
    if (mail) expect(await mailsOf(world, sent.id)).toContain(`documents-${mail} → ${other.name}`);
    expect(await remainsOf(world, sent.id)).toEqual({ items: 0, files: 0, keys: 0 });
  });

  test("what is returned is destroyed, and nothing of it came into the district", async () => {
    const sent = await heldDocuments(world);
    const packed = await sql("select storage_key from package_file where transfer_id = $1", [sent.id]);
    await run("return", sent.id);
    expect(await sql("select storage_key from doomed_object where storage_key = $1", [packed[0]?.storage_key])).toEqual(
      packed,
    );
    expect(await sql("select 1 from package_key where transfer_id = $1", [sent.id])).toEqual([]);
    expect(await seen(sent.id)).toBe(0);
  });

  test.each([
    ["report", "reported"],
    ["recall", "recalled"],
  ] as const)(
    "%s hides the documents from everybody at once; release shows them again, with a reason on both timelines",
    async (verb, mark) => {
      const sent = await handedOver(world, { documents: [{}, {}] });
      expect(await seen(sent.id)).toBe(2);
      await run(verb, sent.id);
      expect(await seen(sent.id)).toBe(0);
      expect(await quarantineOf(sent.id)).toEqual([mark, mark]);
      const details = await doors(riverbend.clerk).district((tx) =>
        getDocumentTransfer(tx, riverbend.clerk, { transferId: sent.id }),
      );
      expect(details.quarantined).toBe(2);
      expect(details.documents.map((one) => one.title)).toEqual([null, null]);
      await releaseDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "It is her" });
      await releaseDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "Again" });
      expect(await seen(sent.id)).toBe(2);
      expect((await eventsOf(world, sent.id)).at(-1)).toBe("release");
      const there = await doors(lakeview.clerk).district((tx) =>
        getDocumentTransfer(tx, lakeview.clerk, { transferId: sent.id }),
      );
      expect(there.events.at(-1)).toMatchObject({ verb: "release", detail: "It is her", actor: null });
    },
  );

  test("a recall of what is held leaves nothing there", async () => {
    const sent = await heldDocuments(world);
    await run("recall", sent.id);
    expect(await statusOf(world, sent.id)).toBe("recalled");
    expect(await handOver({ districtId: riverbend.id, transferId: sent.id }, 0)).toBeUndefined();
    expect(await seen(sent.id)).toBe(0);
  });

  test("purge takes what is in quarantine: rows gone, a certificate, both timelines", async () => {
    const sent = await handedOver(world, { documents: [{}, {}] });
    await run("recall", sent.id);
    const [transfer] = await sql<{ reference: string }>("select reference from transfer where id = $1", [sent.id]);
    const reference = transfer?.reference as string;
    await purgeTransfer(doors(purger), { transferId: sent.id, reason: "Recalled", confirm: reference.toLowerCase() });
    expect(await sql("select 1 from document where origin_transfer_id = $1", [sent.id])).toEqual([]);
    expect(
      await sql("select jsonb_array_length(items) n from purge_certificate where transfer_id = $1", [sent.id]),
    ).toEqual([{ n: 2 }]);
    expect((await eventsOf(world, sent.id)).at(-1)).toBe("purge");
    expect(await statusOf(world, sent.id)).toBe("recalled");
    expect(await outcome(purgeTransfer(doors(purger), { transferId: sent.id, reason: "R", confirm: reference }))).toBe(
      "transfer-moved",
    );
  });
});

describe("wrong permission", () => {
  test.each(each)("%s is refused to who doesn't manage documents", async (verb) => {
    const sent = await verbs[verb].from(world);
    for (const role of ["manager", "staff"] as const)
      expect(await outcome(run(verb, sent.id, verbs[verb].by[role]))).toBe("forbidden");
  });

  test("release and purge too; purge needs its own permission", async () => {
    const sent = await reported(world);
    expect(await outcome(releaseDocuments(doors(riverbend.staff), { transferId: sent.id, reason: "R" }))).toBe(
      "forbidden",
    );
    for (const by of [riverbend.clerk, riverbend.admin])
      expect(await outcome(purgeTransfer(doors(by), { transferId: sent.id, reason: "R", confirm: "x" }))).toBe(
        "forbidden",
      );
  });
});

describe("other district", () => {
  test.each(each)("%s isn't there for a third district, nor the wrong side's", async (verb) => {
    const sent = await verbs[verb].from(world);
    const before = await statusOf(world, sent.id);
    const wrong = verbs[verb].by === riverbend ? lakeview : riverbend;
    for (const by of [maple.clerk, wrong.clerk]) expect(await outcome(run(verb, sent.id, by))).toBe("not-there");
    expect(await outcome(run(verb, randomUUID()))).toBe("not-there");
    expect(await statusOf(world, sent.id)).toBe(before);
  });

  test("only the receiver releases or purges", async () => {
    const sent = await reported(world);
    const outsider = await addMember(world, lakeview, "purger", ["manageDocuments", "purge"]);
    expect(await outcome(releaseDocuments(doors(lakeview.clerk), { transferId: sent.id, reason: "R" }))).toBe(
      "not-there",
    );
    expect(await outcome(purgeTransfer(doors(outsider), { transferId: sent.id, reason: "R", confirm: "x" }))).toBe(
      "not-there",
    );
    expect(await quarantineOf(sent.id)).toEqual(["reported"]);
  });
});

describe("wrong state", () => {
  test.each([
    ["return", handedOver],
    ["report", heldDocuments],
    ["withdraw", handedOver],
    ["recall", reported],
  ] as const)("%s comes at another state", async (verb, make) => {
    const sent = await make(world);
    const before = await statusOf(world, sent.id);
    expect(await outcome(run(verb, sent.id))).toBe("transfer-moved");
    expect(await statusOf(world, sent.id)).toBe(before);
  });

  test("nothing can be recalled while it's preparing; nothing released that isn't in quarantine", async () => {
    const sealed = await sealedDocuments(world);
    expect(await outcome(run("recall", sealed.id))).toBe("transfer-moved");
    const sent = await handedOver(world);
    expect(await outcome(releaseDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "R" }))).toBe(
      "transfer-moved",
    );
  });
});

describe("bad input", () => {
  test.each(each)("%s wants a reason", async (verb) => {
    const sent = await verbs[verb].from(world);
    expect(await outcome(run(verb, sent.id, verbs[verb].by.clerk, " \n"))).toBe("bad-value");
  });

  test("purge wants the reference typed, and a reason", async () => {
    const sent = await reported(world);
    const purge = (reason: string, confirm: string) =>
      outcome(purgeTransfer(doors(purger), { transferId: sent.id, reason, confirm }));
    expect(await purge("R", "T-2026")).toBe("not-confirmed");
    expect(await purge(" ", "T-2026")).toBe("bad-value");
    expect(await quarantineOf(sent.id)).toEqual(["reported"]);
  });
});

describe("two at once", () => {
  test.each(each)("%s by two colleagues: one wins", async (verb) => {
    const sent = await verbs[verb].from(world);
    const { by } = verbs[verb];
    const outcomes = await Promise.all([
      outcome(run(verb, sent.id, by.clerk, "One")),
      outcome(run(verb, sent.id, by.admin, "Two")),
    ]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-moved"]);
    expect(await sql("select reason from transfer where id = $1", [sent.id])).toEqual([
      { reason: outcomes[0] === "done" ? "One" : "Two" },
    ]);
  });

  test("report and recall: one of the two, and the documents are in quarantine either way", async () => {
    const sent = await handedOver(world);
    const outcomes = await Promise.all([outcome(run("report", sent.id)), outcome(run("recall", sent.id))]);
    expect([...outcomes].sort()).toEqual(["done", "transfer-moved"]);
    expect(await statusOf(world, sent.id)).toBe(outcomes[0] === "done" ? "reported" : "recalled");
    expect(await seen(sent.id)).toBe(0);
  });

  test("a recall while the worker delivers: nothing is left to be seen there", async () => {
    const sent = await sealedDocuments(world);
    const [, recall] = await Promise.all([
      handOver({ districtId: riverbend.id, transferId: sent.id }, 0),
      outcome(run("recall", sent.id)),
    ]);
    if (recall !== "done") await run("recall", sent.id);
    expect(await statusOf(world, sent.id)).toBe("recalled");
    expect(await seen(sent.id)).toBe(0);
  });
});
