import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { handOver } from "@/lib/jobs/hand-over";
import { SealError } from "@/lib/storage/aes-gcm";
import { recallDocuments, returnDocuments } from "@/lib/transfers/decide-documents";
import { getHeld } from "@/lib/transfers/get-held";
import { findCompared, searchRoster } from "@/lib/transfers/search-roster";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { addStudent, handedOver, heldDocuments, sealedDocuments } from "./document-hand-over";
import { auditOf, sent as sentCases } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const look = (id: string, by: Someone = riverbend.clerk) => getHeld(doors(by), { transferId: id });
const search = (id: string, q: string, by: Someone = riverbend.clerk) =>
  searchRoster(doors(by), { transferId: id, n: null }, q);
const disclosed = (id: string) =>
  sql(
    "select district_id, student_id, recipient_district_id, category, legal_basis, made_by from disclosure where transfer_id = $1",
    [id],
  );
const looks = async (id: string) =>
  Promise.all(
    [lakeview, riverbend].map(
      async (district) =>
        (await auditOf(world, district, id)).filter((action) => action === "transfer.identity").length,
    ),
  );

describe("succeeds", () => {
  test("the first look is a disclosure on the sender's record; each look is in both logs", async () => {
    const sent = await heldDocuments(world, { input: { legalBasis: "consent" } });
    expect(await disclosed(sent.id)).toEqual([]);
    const held = await look(sent.id);
    expect(held?.person).toMatchObject({ given: sent.here.given, family: sent.here.family });
    expect(held?.person).not.toHaveProperty("twin");
    expect(await looks(sent.id)).toEqual([1, 1]);
    for (const by of [riverbend.clerk, riverbend.admin]) await look(sent.id, by);
    expect(await looks(sent.id)).toEqual([3, 3]);
    expect(await disclosed(sent.id)).toEqual([
      {
        district_id: lakeview.id,
        student_id: sent.here.id,
        recipient_district_id: riverbend.id,
        category: "Identity: name, birth date, state ID",
        legal_basis: "consent",
        made_by: lakeview.clerk.membershipId,
      },
    ]);
  });

  test("gives what is asked for to find the student, and nothing of the documents", async () => {
    const sent = await heldDocuments(world, { documents: [{ title: "Secret title" }], input: { owner: "nobody" } });
    const held = await look(sent.id);
    expect(JSON.stringify(held)).not.toContain("Secret title");
    expect(held).toMatchObject({ sentBy: lakeview.clerk.name, owner: "nobody", ownerId: null });
  });

  test("puts whoever has the typed number beside the nearest, though nothing else agrees", async () => {
    const numbered = await addStudent(world, riverbend, {
      given: "Quite",
      family: "Different",
      birthDate: "2009-09-09",
    });
    const sent = await heldDocuments(world, { input: { sisId: numbered.sisId } });
    const held = await look(sent.id);
    expect(held?.matches.map((one) => one.id)).toEqual([sent.there.id, numbered.id]);
    expect(held?.matches.map((one) => one.comparison.allAgree)).toEqual([true, false]);
  });

  test("finds no student who left and offers no owner who was disabled, or hasn't come yet", async () => {
    const gone = await addStudent(world, riverbend, { given: "Zenobia", family: "Departed", active: false });
    const stays = await addStudent(world, riverbend, { given: "Zenobia", family: "Staying" });
    const left = await addMember(world, riverbend, "left", []);
    const invited = await addMember(world, riverbend, "invited", []);
    await sql("update membership set disabled_at = now() where id = $1", [left.membershipId]);
    await sql("update membership set joined_at = null where id = $1", [invited.membershipId]);
    const sent = await heldDocuments(world, { input: { sisId: gone.sisId, owner: "left" } });
    const held = await look(sent.id);
    expect((await search(sent.id, "Zenobia")).map((one) => one.id)).toEqual([stays.id]);
    expect(held?.matches.map((one) => one.id)).not.toContain(gone.id);
    expect(held?.ownerId).toBeNull();
    const owners = held?.owners.map((one) => one.id);
    expect(owners).toContain(riverbend.clerk.membershipId);
    for (const one of [left, invited, lakeview.clerk]) expect(owners).not.toContain(one.membershipId);
  });

  test("a search compares whom it finds, and is a look of who hasn't looked", async () => {
    const sent = await heldDocuments(world);
    const found = await search(sent.id, sent.there.family);
    expect(found.find((one) => one.id === sent.there.id)).toMatchObject({ comparison: { allAgree: true } });
    expect([await disclosed(sent.id), await looks(sent.id)]).toMatchObject([[{ student_id: sent.here.id }], [1, 1]]);
    await search(sent.id, sent.there.given);
    expect(await looks(sent.id)).toEqual([1, 1]);
    await look(sent.id, riverbend.admin);
    await search(sent.id, sent.there.given, riverbend.admin);
    expect(await looks(sent.id)).toEqual([2, 2]);
    const one = await findCompared(doors(riverbend.clerk), { transferId: sent.id, n: null }, sent.there.id);
    expect(one).toMatchObject({ id: sent.there.id, comparison: { allAgree: true } });
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("a %s sees nothing, and nothing was disclosed", async (role) => {
    const sent = await heldDocuments(world);
    expect(await outcome(look(sent.id, riverbend[role]))).toBe("forbidden");
    expect(await outcome(search(sent.id, "a", riverbend[role]))).toBe("forbidden");
    expect([await disclosed(sent.id), await looks(sent.id)]).toEqual([[], [0, 0]]);
  });
});

describe("other district", () => {
  test("neither the sender nor a third one looks this way", async () => {
    const sent = await heldDocuments(world);
    for (const by of [lakeview.clerk, lakeview.admin, maple.clerk]) {
      expect(await outcome(look(sent.id, by))).toBe("not-there");
      expect(await outcome(search(sent.id, "a", by))).toBe("not-there");
    }
    expect([await disclosed(sent.id), await looks(sent.id)]).toEqual([[], [0, 0]]);
  });
});

describe("wrong state", () => {
  test("nothing is shown before it's held, nor after it was delivered, returned or recalled; and nothing disclosed", async () => {
    const sealed = await sealedDocuments(world);
    const delivered = await handedOver(world);
    const returned = await heldDocuments(world);
    await returnDocuments(doors(riverbend.clerk), { transferId: returned.id, reason: "No" });
    const recalled = await heldDocuments(world);
    await recallDocuments(doors(lakeview.clerk), { transferId: recalled.id, reason: "No" });
    for (const one of [sealed, delivered, returned, recalled]) {
      expect(await look(one.id)).toBeNull();
      expect(await search(one.id, one.there.family)).toEqual([]);
      expect(JSON.stringify(await disclosed(one.id))).not.toContain("Identity");
      expect(await looks(one.id)).toEqual([0, 0]);
    }
  });

  test("a package that was changed shows nothing", async () => {
    const sent = await heldDocuments(world);
    await sql("update package_item set sealed = sealed || '\\x00' where transfer_id = $1 and n = 0", [sent.id]);
    await expect(look(sent.id)).rejects.toThrow(SealError);
  });
});

describe("bad input", () => {
  test("an id that nothing has, a transfer of cases, any search", async () => {
    expect(await outcome(look(randomUUID()))).toBe("not-there");
    const cases = await sentCases(world);
    expect(await outcome(look(cases.id, riverbend.admin))).toBe("not-there");
    const sent = await heldDocuments(world);
    for (const q of ["  ", "%", "'; drop table student; --", "\\", "x".repeat(5_000)])
      expect(await search(sent.id, q)).toEqual([]);
  });
});

describe("two at once", () => {
  test("many look at the same moment: one disclosure", async () => {
    const sent = await heldDocuments(world);
    const seen = await Promise.all(Array.from({ length: 6 }, () => look(sent.id)));
    expect(seen.every((held) => held?.person.family === sent.here.family)).toBe(true);
    expect(await disclosed(sent.id)).toHaveLength(1);
    expect(await looks(sent.id)).toEqual([6, 6]);
  });

  test("a look while the worker decides again, or the sender recalls: the identity with its disclosure, or neither", async () => {
    const sent = await heldDocuments(world, { input: { sisId: "SOON" } });
    await sql("update student set sis_id = 'SOON' where id = $1", [sent.there.id]);
    const [held] = await Promise.all([look(sent.id), handOver({ districtId: riverbend.id, transferId: sent.id }, 0)]);
    const identity = (await disclosed(sent.id)).filter((row) => String(row.category).startsWith("Identity"));
    expect(identity).toHaveLength(held ? 1 : 0);
    const other = await heldDocuments(world);
    const [shown] = await Promise.all([
      look(other.id),
      recallDocuments(doors(lakeview.clerk), { transferId: other.id, reason: "No" }),
    ]);
    expect(await disclosed(other.id)).toHaveLength(shown ? 1 : 0);
  });
});
