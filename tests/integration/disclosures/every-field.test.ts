import { expect, test } from "vitest";
import { type DisclosureEntry, type DisclosureSubject, findDisclosures } from "@/lib/disclosures/find-disclosures";
import { type BasisStatement, nothingStated } from "@/lib/disclosures/state-basis";
import { documentTypeNames } from "@/lib/documents/document-types";
import { workerOf } from "@/lib/policy";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { recallDocuments, reportDocuments, withdrawDocuments } from "@/lib/transfers/decide-documents";
import { decideItem } from "@/lib/transfers/decide-items";
import { expireTransfer } from "@/lib/transfers/expire-transfer";
import { purgeTransfer } from "@/lib/transfers/purge-transfer";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { type LegalBasis, sendCases } from "@/lib/transfers/send-cases";
import { figure } from "../../support/figures";
import { addCase, addMember, doors, makeWorld } from "../../support/world";
import { handedOver } from "../transfers/document-hand-over";
import { codeOf, decision, draft, overdue, sending } from "../transfers/hand-over";

// Scorecard, row 24: whatever became of a transfer, its disclosure record has every field of 34 CFR 99.32(a)(3) and (a)(5).
const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const purger = await addMember(world, riverbend, "purger", ["manageDocuments", "purge"]);
const [sender, receiver] = [doors(lakeview.manager), doors(riverbend.manager)];
const threat = "On Monday the person said whom they would hurt.";

/** The three bases, each with what stands behind it, and a word of it that the record has to hold. */
const bases: readonly [LegalBasis, Partial<BasisStatement>, string][] = [
  ["enrollment", { notice: "told", noticeOn: "2026-11-20", noticeMethod: "phone", noticeBy: "Jo Lee" }, "Jo Lee"],
  ["enrollment", {}, "No parent notice was recorded"],
  ["consent", { consentOn: "2026-11-02" }, "Nov 2, 2026"],
  ["emergency", { threat }, threat],
];
const open = async (id: string) =>
  acceptTransfer(receiver, { transferId: id, code: await codeOf(lakeview.manager, id) });
/** What becomes of cases, and of documents, that were sent; and a word of how the record tells it. */
const fates: Record<string, [(id: string) => Promise<unknown>, RegExp]> = {
  pending: [async () => undefined, /./],
  unlocked: [open, /./],
  completed: [
    async (id) => {
      await open(id);
      for (const n of [1, 2]) await decideItem(receiver, { ...decision(n), transferId: id, applyToAll: false });
      await saveTransfer(receiver, { transferId: id });
    },
    /./,
  ],
  rejected: [(id) => rejectTransfer(receiver, { transferId: id, reason: "Not ours." }), /Refused.*Not ours/],
  cancelled: [(id) => cancelTransfer(sender, { transferId: id }), /Cancelled/],
  expired: [
    async (id) => {
      await overdue(world, id);
      await expireTransfer(doors(workerOf(lakeview.id)), { transferId: id });
    },
    /expired/,
  ],
};
const because = (id: string) => ({ transferId: id, reason: "Wrong child." });
const documentFates: typeof fates = {
  delivered: [async () => undefined, /./],
  recalled: [(id) => recallDocuments(doors(lakeview.clerk), because(id)), /Sent wrongly.*Wrong child/],
  reported: [(id) => reportDocuments(doors(riverbend.clerk), because(id)), /wrong/i],
  withdrawn: [
    async (id) => {
      await reportDocuments(doors(riverbend.clerk), because(id));
      await withdrawDocuments(doors(lakeview.clerk), because(id));
    },
    /wrong/i,
  ],
  purged: [
    async (id) => {
      await recallDocuments(doors(lakeview.clerk), because(id));
      const [row] = await sql<{ reference: string }>("select reference from transfer where id = $1", [id]);
      await purgeTransfer(doors(purger), { ...because(id), confirm: row?.reference ?? "" });
    },
    /wrong/i,
  ],
};

const record = async (about: DisclosureSubject, transferId: string) => {
  const found = await doors(lakeview.admin).district((tx) =>
    findDisclosures(tx, lakeview.admin, {
      about,
      purpose: "read",
      zone: "America/Chicago",
      typeNames: documentTypeNames,
    }),
  );
  return found?.entries.filter((one) => one.transfer?.id === transferId) ?? [];
};

/** The fields that an entry lacks. */
function lacking(entry: DisclosureEntry | undefined, stated: string, by: string, outcome: RegExp): string[] {
  if (!entry) return ["the entry"];
  const fields = {
    "what was disclosed": /case|Documents: /i.test(entry.what) && entry.items.length > 0,
    "to whom": entry.to === "Riverbend, California",
    "their legitimate interest": entry.interest.length > 10,
    "the legal basis": /34 CFR 99\.3\d/.test(entry.basis),
    "what stands behind it": `${entry.basisDetail} ${entry.notice}`.includes(stated),
    when: Math.abs(Date.now() - entry.at.getTime()) < 3_600_000,
    "by whom": entry.by === by,
    "what became of it": outcome.test(entry.outcome),
  };
  return Object.entries(fields).flatMap(([name, there]) => (there ? [] : [name]));
}

/** Notes whether a transfer is recorded whole for everybody whom it's about. */
function note(kind: string, missing: string[]): void {
  figure(24, { "every field": { found: missing.length === 0 ? 1 : 0, of: 1 } }, { [`transfers of ${kind}`]: 1 });
  expect(missing).toEqual([]);
}

const everyCase = bases.flatMap(([basis, stated, word]) =>
  Object.keys(fates).map((fate) => [basis, fate, stated, word] as const),
);
test.each(everyCase)("cases sent for %s, then %s", async (legalBasis, fate, stated, word) => {
  const [become, outcome] = fates[fate] as (typeof fates)[string];
  // One of the roster and one who isn't on it.
  const studentId = lakeview.students[0]?.id as string;
  const cases = [await addCase(world, lakeview, { studentId }), await addCase(world, lakeview)];
  const dispatchId = await draft(
    world,
    lakeview.manager,
    cases.map((one) => one.id),
  );
  const statement = { ...nothingStated, ...stated };
  const { transferIds } = await sendCases(sender, sending(dispatchId, [riverbend], { legalBasis, statement }));
  const id = transferIds[0] as string;
  await become(id);
  const missing: string[] = [];
  for (const about of [{ studentId }, { caseId: cases[1]?.id as string }]) {
    const entries = await record(about, id);
    missing.push(...lacking(entries[0], word, lakeview.manager.name, outcome));
  }
  note("cases", missing);
});

const everyDocument = bases.flatMap(([basis, stated, word]) =>
  Object.keys(documentFates).map((fate) => [basis, fate, stated, word] as const),
);
test.each(everyDocument)("documents sent for %s, then %s", async (legalBasis, fate, stated, word) => {
  const [become, outcome] = documentFates[fate] as (typeof fates)[string];
  const statement = { ...nothingStated, ...stated };
  const { id, here } = await handedOver(world, {
    documents: [{ type: "iep" }, { type: "bip" }],
    input: { legalBasis, statement },
  });
  await become(id);
  const [entry] = await record({ studentId: here.id }, id);
  note("documents", lacking(entry, word, lakeview.clerk.name, outcome));
});
