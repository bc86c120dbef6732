import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { findDisclosures } from "@/lib/disclosures/find-disclosures";
import { documentTypeNames } from "@/lib/documents/document-types";
import { findAnyCertificate } from "@/lib/documents/find-certificate";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { audited } from "../../support/documents";
import { closedCase, confirm, keepFor, proposalOf, propose, purgers } from "../../support/retention";
import { doors, makeWorld } from "../../support/world";
import { decision, entered, sent } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const [first, second] = await purgers(world, lakeview);
await keepFor(world, lakeview, "case", 7);
await keepFor(world, lakeview, "iep", 7);

describe("what a purged case leaves", () => {
  test("words that other cases are found by stay, those of nobody else go", async () => {
    const shared = `shared${randomBytes(5).toString("hex")}`;
    const mine = `mine${randomBytes(5).toString("hex")}`;
    const { id } = await closedCase(world, lakeview, 8, { given: shared, family: mine });
    await closedCase(world, lakeview, 1, { given: shared, family: "Other" });
    await confirm(second, (await propose(first, [id])).id);
    const words = await world.sql("select word from case_word where district_id = $1 and word = any ($2)", [
      lakeview.id,
      [shared, mine],
    ]);
    expect(words).toEqual([{ word: shared }]);
  });

  test("what was sent: its disclosures stay, by the certificate’s number; the transfer’s notes go with its last case", async () => {
    const { id } = await sent(world, {
      cases: [{ studentId: lakeview.students[2]?.id as string }],
      notes: "About the student",
    });
    await cancelTransfer(doors(lakeview.manager), { transferId: id });
    const [row] = await world.sql<{ id: string }>("select case_id as id from transfer_case where transfer_id = $1", [
      id,
    ]);
    await world.sql("update \"case\" set status = 'closed' where id = $1", [row?.id]);
    await world.sql("update \"case\" set closed_at = now() - interval '8 years' where id = $1", [row?.id]);
    const notes = () =>
      world.sql<{ kept: boolean }>(
        "select d.notes_sealed is not null as kept from dispatch d join transfer t on t.dispatch_id = d.id where t.id = $1",
        [id],
      );
    expect(await notes()).toEqual([{ kept: true }]);
    await confirm(second, (await propose(first, [row?.id as string])).id);
    expect(await notes()).toEqual([{ kept: false }]);
    const record = await withDistrict(lakeview.manager, (tx) =>
      findDisclosures(tx, lakeview.manager, {
        about: { studentId: lakeview.students[2]?.id as string },
        purpose: "read",
        zone: "America/Chicago",
        typeNames: documentTypeNames,
      }),
    );
    const [number] = await world.sql<{ number: string }>(
      "select number from purge_certificate where items @> jsonb_build_array(jsonb_build_object('caseId', $1::uuid))",
      [row?.id],
    );
    expect(record?.entries.map((entry) => entry.items)).toEqual([
      [`Case: destroyed since, certificate ${number?.number}`],
    ]);
  });

  test("of who is on no roster the certificate shows the whole disclosure record, and reading it is written down; what was left out stays so", async () => {
    const { id } = await entered(world, {
      cases: [{ given: "Quiet", family: "Person" }],
      decisions: [decision(1, { decision: "leave", reason: "Not ours" })],
    });
    await saveTransfer(doors(riverbend.manager), { transferId: id });
    const [row] = await world.sql<{ id: string; person: string }>(
      'select c.id, c.person_id as person from transfer_case t join "case" c on c.id = t.case_id where t.transfer_id = $1',
      [id],
    );
    const caseId = row?.id as string;
    const recordOf = (about: { caseId: string }) =>
      withDistrict(lakeview.manager, (tx) =>
        findDisclosures(tx, lakeview.manager, { about, purpose: "read", zone: "UTC", typeNames: documentTypeNames }),
      );
    const before = await recordOf({ caseId });
    expect(before?.entries[0]?.outcome).toMatch(/left out/);
    await world.sql("update \"case\" set status = 'closed' where id = $1", [caseId]);
    await world.sql("update \"case\" set closed_at = now() - interval '8 years' where id = $1", [caseId]);
    const proposal = await propose(first, [caseId]);
    await confirm(second, proposal.id);
    const certificate = (await proposalOf(second, proposal.id)).items[0]?.certificate;
    const open = () =>
      withDistrict(second, (tx) => findAnyCertificate(tx, second, { id: certificate?.id as string, zone: "UTC" }));
    // Only that the case is gone is said in another way.
    const { items: _, ...told } = before?.entries[0] ?? { items: [] };
    const shown = (await open())?.disclosures;
    expect(shown).toMatchObject([told]);
    expect((await audited(world, lakeview, caseId)).at(-1)).toBe("disclosure.read");
    // More than a page of them is there as well.
    await world.sql(
      `insert into disclosure (district_id, person_id, recipient_district_id, category, interest, legal_basis, at)
       select d.district_id, d.person_id, d.recipient_district_id, d.category, d.interest, d.legal_basis, now() - make_interval(mins => n)
       from disclosure d, generate_series(1, 510) n where d.person_id = $1`,
      [row?.person],
    );
    expect((await open())?.disclosures).toHaveLength(511);
  });

  test("of a transfer from before its outcome was written down, the disclosure record claims neither", async () => {
    const { id } = await entered(world, {
      cases: [{}],
      decisions: [decision(1, { decision: "leave", reason: "Not ours" })],
    });
    await saveTransfer(doors(riverbend.manager), { transferId: id });
    await world.sql("update transfer_case set outcome = null, left_reason = null where transfer_id = $1", [id]);
    const [row] = await world.sql<{ id: string }>("select case_id as id from transfer_case where transfer_id = $1", [
      id,
    ]);
    const caseId = row?.id as string;
    await world.sql("update \"case\" set status = 'closed' where id = $1", [caseId]);
    await world.sql("update \"case\" set closed_at = now() - interval '8 years' where id = $1", [caseId]);
    const proposal = await propose(first, [caseId]);
    await confirm(second, proposal.id);
    const certificate = (await proposalOf(second, proposal.id)).items[0]?.certificate?.id as string;
    const sheet = await withDistrict(second, (tx) => findAnyCertificate(tx, second, { id: certificate, zone: "UTC" }));
    expect(sheet?.disclosures.map((entry) => entry.outcome)).toEqual([expect.stringMatching(/isn’t known here/)]);
  });
});
