import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { doorsFor } from "@/lib/db/exchange";
import { recheck } from "@/lib/jobs/recheck";
import { workerOf } from "@/lib/policy";
import { returnDocuments } from "@/lib/transfers/decide-documents";
import { deliverDocuments } from "@/lib/transfers/deliver-documents";
import { listHeld } from "@/lib/transfers/list-held";
import { addMember, doors, makeWorld } from "../../support/world";
import {
  addStudent,
  arrivedWith,
  disclosedWith,
  heldDocuments,
  type SentDocuments,
  sealedDocuments,
  type TestStudent,
} from "./document-hand-over";
import { auditOf, eventsOf, mailsOf, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const deliver = (id: string, district = riverbend) =>
  deliverDocuments(doorsFor(workerOf(district.id)), { transferId: id });
const arrived = (id: string) => arrivedWith(world, id);
const disclosed = (id: string) => disclosedWith(world, id);
const setStudent = (student: TestStudent, column: string, value: unknown) =>
  sql(`update student set ${column} = $2 where id = $1`, [student.id, value]);
afterEach(async () => {
  await sql("update district set documents_off = false");
  // Out of the next test's way, and out of what is counted as a day's checks.
  for (const by of [riverbend.clerk, maple.clerk])
    for (const transferId of await doors(by).district((tx) => listHeld(tx, by)))
      await returnDocuments(doors(by), { transferId, reason: "Over" });
  await sql("update transfer set created_at = now() - interval '25 hours'");
});

/** It's held, nothing came in, and neither side can read why. */
async function expectHeld(sent: SentDocuments, district = riverbend) {
  expect(await deliver(sent.id, district)).toBe("held");
  expect(await statusOf(world, sent.id)).toBe("held");
  expect(await arrived(sent.id)).toEqual([]);
  expect(await disclosed(sent.id)).toEqual([]);
  expect(await mailsOf(world, sent.id)).toEqual(["documents-held → Lakeview", `documents-held → ${district.name}`]);
  for (const side of [lakeview, district]) {
    expect((await auditOf(world, side, sent.id)).slice(-2)).toEqual(["identity.check", "transfer.hold"]);
    expect(
      await sql("select detail from audit where subject_id = $1 and district_id = $2 and action = 'identity.check'", [
        sent.id,
        side.id,
      ]),
    ).toEqual([{ detail: {} }]);
  }
}

describe("is held", () => {
  test.each<[string, (there: TestStudent) => Promise<unknown>]>([
    ["another birth date", (there) => setStudent(there, "birth_date", "2001-01-01")],
    ["no birth date", (there) => setStudent(there, "birth_date", null)],
    ["another given name", (there) => setStudent(there, "given_name", "Somebody")],
    ["another family name", (there) => setStudent(there, "family_name", "Else")],
    ["a student who left", (there) => setStudent(there, "active", false)],
    ["no student of that number", (there) => setStudent(there, "sis_id", `gone-${there.id}`)],
    [
      "a receiver who has disabled it",
      () => sql("update district set documents_off = true where id = $1", [riverbend.id]),
    ],
  ])("%s", async (_, change) => {
    const sent = await sealedDocuments(world);
    await change(sent.there);
    await expectHeld(sent);
  });

  test.each<[string, string | null]>([
    ["nobody of that name", null],
    ["an owner who is disabled", "disabled_at = now()"],
    ["an owner who never came", "joined_at = null"],
  ])("%s", async (name, change) => {
    const owner = change ? await addMember(world, riverbend, `owner-${name.at(-1)}`, []) : null;
    const sent = await sealedDocuments(world, { input: { owner: owner ? `owner-${name.at(-1)}` : "nobody" } });
    if (owner) await sql(`update membership set ${change} where id = $1`, [owner.membershipId]);
    await expectHeld(sent);
  });

  test("an owner of another district only", async () => {
    const member = await addMember(world, maple, "elsewhere", ["manageDocuments"]);
    await expectHeld(await sealedDocuments(world, { input: { owner: `${member.name.split(" ")[0]}` } }));
  });

  test("a state ID that differs within the state", async () => {
    const sent = await sealedDocuments(world, { person: { stateId: "TX-1" }, to: maple });
    await setStudent(sent.there, "state_id", "TX-2");
    await expectHeld(sent, maple);
  });

  test("twins: a name that is one letter off doesn't do where there's another of that family and birth date", async () => {
    const both = { family: "Bernadotte", birthDate: "2013-05-06" };
    const sent = await sealedDocuments(world, { person: { ...both, given: "Marianna" } });
    await setStudent(sent.there, "given_name", "Mariana");
    await addStudent(world, riverbend, { ...both, given: "Christina" });
    await expectHeld(sent);
    // By the full name the twin beside is no obstacle.
    await setStudent(sent.there, "given_name", "Marianna");
    expect(await deliver(sent.id)).toBe("delivered");
    expect(await arrived(sent.id)).toMatchObject([{ student_id: sent.there.id }]);
  });
});

describe("is checked again", () => {
  test("what stays held leaves no further trace: no audit row on either side, no mail, no new time", async () => {
    const sent = await heldDocuments(world);
    const trace = async () => ({
      lakeview: await auditOf(world, lakeview, sent.id),
      riverbend: await auditOf(world, riverbend, sent.id),
      mails: await mailsOf(world, sent.id),
      events: await eventsOf(world, sent.id),
      disclosed: await disclosed(sent.id),
      row: await sql("select status, held_at, reason from transfer where id = $1", [sent.id]),
    });
    const before = await trace();
    expect(await deliver(sent.id)).toBe("held");
    expect(await recheck({ districtId: riverbend.id })).toBe(0);
    expect(await trace()).toEqual(before);
  });

  test("once the student has come it's delivered, and both logs say that it was checked", async () => {
    const sent = await heldDocuments(world, { input: { sisId: "COMES" }, documents: [{}, {}] });
    const late = await addStudent(world, riverbend, { ...sent.here, id: randomUUID(), sisId: "COMES" } as object);
    expect(await recheck({ districtId: riverbend.id })).toBe(1);
    expect((await arrived(sent.id)).map((row) => row.student_id)).toEqual([late.id, late.id]);
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "hold", "deliver"]);
    for (const district of [lakeview, riverbend])
      expect((await auditOf(world, district, sent.id)).slice(-4)).toEqual([
        "identity.check",
        "transfer.hold",
        "identity.check",
        "transfer.deliver",
      ]);
    expect(await disclosed(sent.id)).toEqual(["Documents: iep (2)"]);
  });

  test("one that can't be opened doesn't stop the others", async () => {
    const broken = await heldDocuments(world, { input: { sisId: "B1" } });
    const fine = await heldDocuments(world, { input: { sisId: "B2" } });
    await sql("update package_item set sealed = sealed || '\\x00' where transfer_id = $1", [broken.id]);
    await setStudent(fine.there, "sis_id", "B2");
    await expect(recheck({ districtId: riverbend.id })).rejects.toThrow();
    expect([await statusOf(world, broken.id), await statusOf(world, fine.id)]).toEqual(["held", "delivered"]);
  });
});
