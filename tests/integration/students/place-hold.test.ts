import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { demandUnheldCase, touchCase } from "@/lib/cases/case-access";
import { changePerson } from "@/lib/cases/change-person";
import { findCase } from "@/lib/cases/find-case";
import { removeAttachment } from "@/lib/cases/remove-attachment";
import { withDistrict } from "@/lib/db/tenant";
import { findStudentPage } from "@/lib/documents/find-student-page";
import { moveDocument } from "@/lib/documents/move-document";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { findHoldSubject } from "@/lib/students/find-hold-subject";
import { liftHold } from "@/lib/students/lift-hold";
import { listHolds } from "@/lib/students/list-holds";
import { type HoldSubject, placeHold } from "@/lib/students/place-hold";
import { waitingForLocks } from "../../support/database";
import { audited, putDocument } from "../../support/documents";
import { hold } from "../../support/retention";
import { addCase, addMember, attach, doors, makeWorld, outcome, type Someone, textFile } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const purger = await addMember(world, lakeview, "purger", ["purge", "manageDocuments"]);
const placer = await addMember(world, lakeview, "placer", ["manageDistrict", "manageCases"]);
const [ana, ben, chloe] = lakeview.students.map((student) => student.id) as [string, string, string];
const place = (actor: Someone, on: HoldSubject, reason = "A claim") =>
  doors(actor).district((tx) => placeHold(tx, actor, { on, reason }));
const standing = async (actor: Someone) =>
  (await doors(actor).district((tx) => listHolds(tx, actor, { lifted: false, page: 1 }))).rows;

describe("succeeds", () => {
  test("on a student: their documents and cases; the pages say so, the reason only to who may know it", async () => {
    const mine = await addCase(world, lakeview, { studentId: ana, assigned: [lakeview.staff] });
    const { id } = await place(lakeview.admin, { studentId: ana });
    const page = await withDistrict(lakeview.admin, (tx) => findStudentPage(tx, lakeview.admin, ana));
    expect(page?.holds).toMatchObject([{ id, on: "student", reason: "A claim" }]);
    const seen = await withDistrict(lakeview.staff, (tx) => findCase(tx, lakeview.staff, mine.id));
    expect(seen?.holds).toMatchObject([{ id, on: "student", reason: null }]);
    expect(await audited(world, lakeview, ana)).toContain("hold.place");
    expect((await standing(purger)).find((row) => row.id === id)).toMatchObject({
      case: null,
      person: { sisId: "S100" },
    });
  });

  test("on a single case, also as somebody types its number; on a student by SIS ID; several for one", async () => {
    const { id: caseId, number } = await addCase(world, lakeview);
    await place(placer, { typed: ` ${number} ` });
    await place(placer, { caseId }, "Another matter");
    await place(placer, { typed: "S101" });
    const rows = await standing(placer);
    expect(
      rows
        .filter((row) => row.case?.id === caseId)
        .map((row) => row.reason)
        .sort(),
    ).toEqual(["A claim", "Another matter"]);
    expect(rows.some((row) => row.person?.sisId === "S101" && row.case === null)).toBe(true);
    expect(await outcome(place(placer, { caseId }, "a CLAIM "))).toBe("hold-stands");
    const subject = await withDistrict(placer, (tx) => findHoldSubject(tx, placer, { studentId: null, caseId }));
    expect(subject?.words).toContain(number);
  });
});

describe("what it keeps", () => {
  test("documents aren't purged or moved away, files of cases aren't removed, a case isn't given to somebody else", async () => {
    const { id: caseId } = await addCase(world, lakeview, { studentId: chloe });
    await attach(world, lakeview, caseId, textFile());
    const document = await putDocument(world, lakeview, { studentId: chloe });
    await hold(lakeview.admin, { studentId: chloe });
    const [file] = await world.sql<{ id: string }>("select id from attachment where case_id = $1", [caseId]);
    const calls = [
      purgeDocuments(doors(purger), { documentIds: [document.id], reason: "x" }),
      withDistrict(lakeview.clerk, (tx) =>
        moveDocument(tx, lakeview.clerk, { id: document.id, version: 1, studentId: ben }),
      ),
      removeAttachment(doors(lakeview.manager), { caseId, id: file?.id ?? "" }),
      withDistrict(lakeview.manager, (tx) =>
        changePerson(tx, lakeview.manager, { id: caseId, version: 1, who: { studentId: ben } }),
      ),
    ];
    expect(await Promise.all(calls.map(outcome))).toEqual(calls.map(() => "on-hold"));
  });

  test("whatever statement asks: the database refuses", async () => {
    const { id } = await addCase(world, lakeview, {
      notes: ["n"],
      strategies: ["s"],
      tasks: ["t"],
      files: [textFile()],
    });
    const document = await putDocument(world, lakeview, { studentId: ben });
    await hold(lakeview.admin, { caseId: id });
    await hold(lakeview.admin, { studentId: ben });
    const [about] = await world.sql<{ person: string }>('select person_id person from "case" where id = $1', [id]);
    for (const run of [
      (tx: Tx) => tx.$executeRaw`delete from note where case_id = ${id}::uuid`,
      (tx: Tx) => tx.$executeRaw`delete from strategy where case_id = ${id}::uuid`,
      (tx: Tx) => tx.$executeRaw`delete from task where case_id = ${id}::uuid`,
      (tx: Tx) => tx.$executeRaw`delete from attachment where case_id = ${id}::uuid`,
      (tx: Tx) => tx.$executeRaw`delete from document where id = ${document.id}::uuid`,
      (tx: Tx) => tx.$executeRaw`update document set student_id = ${chloe}::uuid where id = ${document.id}::uuid`,
      (tx: Tx) => tx.$executeRaw`update person set family_name = 'Another' where id = ${about?.person}::uuid`,
      (tx: Tx) => tx.$executeRaw`update legal_hold set reason = 'another'`,
    ])
      await expect(withDistrict(lakeview.admin, run)).rejects.toThrow(/on-hold|legal hold/);
    await expect(withDistrict(lakeview.admin, (tx) => tx.$executeRaw`delete from legal_hold`)).rejects.toThrow(
      /permission/,
    );
    // The rest of what people do with it goes on.
    expect(await world.sql("select 1 from note where case_id = $1", [id])).toHaveLength(1);
    await withDistrict(lakeview.admin, (tx) => tx.$executeRaw`update "case" set level = 'high' where id = ${id}::uuid`);
  });
});
type Tx = Parameters<Parameters<typeof withDistrict>[1]>[0];

/** Until somebody waits for a row that another holds. */
const waiting = () =>
  vi.waitFor(async () => expect(await world.sql(waitingForLocks)).not.toHaveLength(0), {
    timeout: 5_000,
  });

describe("wrong permission", () => {
  test("Manage District places; Purge sees them", async () => {
    for (const actor of [purger, lakeview.manager, lakeview.clerk, lakeview.staff])
      expect(await outcome(place(actor, { studentId: ben }))).toBe("forbidden");
    expect(await outcome(standing(lakeview.manager))).toBe("forbidden");
    expect(await outcome(standing(purger))).toBe("done");
  });
});

describe("who doesn't see the case", () => {
  test("isn't told whom a hold on it is about, and places none on it; who is assigned does", async () => {
    const { id: caseId, number } = await addCase(world, lakeview, { given: "Secret", family: "Hushname" });
    const heldId = await hold(lakeview.admin, { caseId });
    const bare = await addMember(world, lakeview, "bare", ["manageDistrict"]);
    const found = (await standing(bare)).find((row) => row.id === heldId);
    expect(found).toMatchObject({ on: "case", person: null, case: null });
    expect(JSON.stringify(found)).not.toContain(caseId);
    const typed = number.toUpperCase();
    await world.sql('update "case" set number = $2 where id = $1', [caseId, typed]);
    expect(await outcome(place(bare, { caseId }))).toBe("not-there");
    expect(await outcome(place(bare, { typed }))).toBe("no-such-record");
    const subject = () => withDistrict(bare, (tx) => findHoldSubject(tx, bare, { studentId: null, caseId }));
    expect(await subject()).toBeNull();
    await world.sql("insert into case_assignment (district_id, case_id, membership_id) values ($1, $2, $3)", [
      lakeview.id,
      caseId,
      bare.membershipId,
    ]);
    expect(await outcome(place(bare, { typed }))).toBe("done");
    expect((await standing(bare)).find((row) => row.id === heldId)?.person?.familyName).toBe("Hushname");
  });
});

describe("other district", () => {
  test("not there, by id or as typed; and it sees none", async () => {
    const { id: caseId, number } = await addCase(world, lakeview);
    expect(await outcome(place(riverbend.admin, { studentId: ben }))).toBe("not-there");
    expect(await outcome(place(riverbend.admin, { caseId }))).toBe("not-there");
    expect(await outcome(place(riverbend.admin, { typed: number }))).toBe("no-such-record");
    expect(await standing(riverbend.admin)).toEqual([]);
  });
});

describe("wrong state", () => {
  test("what is gone can't be held", async () => {
    const { id: caseId } = await addCase(world, lakeview);
    await world.sql('delete from "case" where id = $1', [caseId]);
    expect(await outcome(place(lakeview.admin, { caseId }))).toBe("not-there");
  });
});

describe("bad input", () => {
  test("no reason, no such number, no id", async () => {
    expect(await outcome(place(lakeview.admin, { studentId: ben }, "  "))).toBe("bad-value");
    expect(await outcome(place(lakeview.admin, { typed: "nothing" }))).toBe("no-such-record");
    const { number } = await addCase(world, lakeview);
    await world.sql("insert into student (district_id, sis_id, given_name, family_name) values ($1, $2, 'A', 'B')", [
      lakeview.id,
      number,
    ]);
    expect(await outcome(place(placer, { typed: number }))).toBe("two-records");
    for (const caseId of ["nothing", randomUUID()])
      expect(await outcome(place(lakeview.admin, { caseId }))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("one of two holds for the same reason; once it's lifted there may be another", async () => {
    const { id: caseId } = await addCase(world, lakeview);
    const both = [1, 2].map(() => outcome(place(placer, { caseId }, "One matter")));
    expect((await Promise.all(both)).sort()).toEqual(["done", "hold-stands"]);
    expect(await outcome(place(placer, { studentId: ben }, "One matter"))).toBe("done");
    const [first] = (await standing(placer)).filter((row) => row.case?.id === caseId);
    await withDistrict(placer, (tx) => liftHold(tx, placer, { id: first?.id as string, reason: "Settled" }));
    expect(await outcome(place(placer, { caseId }, "One matter"))).toBe("done");
  });

  test("a hold on a single case waits for who is taking a file out of it, and the database for who places one", async () => {
    const { id: caseId } = await addCase(world, lakeview);
    await attach(world, lakeview, caseId, textFile());
    const steps: string[] = [];
    let went = () => {};
    const gone = new Promise<void>((free) => {
      went = free;
    });
    let entered = () => {};
    const inside = new Promise<void>((free) => {
      entered = free;
    });
    const removal = withDistrict(lakeview.manager, async (tx) => {
      await touchCase(tx, lakeview.manager, caseId);
      await demandUnheldCase(tx, caseId);
      entered();
      await gone;
      await tx.$executeRaw`delete from attachment where case_id = ${caseId}::uuid`;
      steps.push("removed");
    });
    await inside;
    const held = place(lakeview.admin, { caseId }).then(() => steps.push("held"));
    await waiting();
    went();
    await Promise.all([removal, held]);
    expect(steps).toEqual(["removed", "held"]);

    // The other way round, with a statement that asks nobody.
    const { id: other } = await addCase(world, lakeview, { notes: ["n"] });
    let placed = () => {};
    const standing = new Promise<void>((free) => {
      placed = free;
    });
    let end = () => {};
    const ended = new Promise<void>((free) => {
      end = free;
    });
    const holding = withDistrict(lakeview.admin, async (tx) => {
      await placeHold(tx, lakeview.admin, { on: { caseId: other }, reason: "A claim" });
      placed();
      await ended;
    });
    await standing;
    const removing = withDistrict(
      lakeview.admin,
      (tx) => tx.$executeRaw`delete from note where case_id = ${other}::uuid`,
    );
    const refused = expect(removing).rejects.toThrow("on-hold");
    await waiting();
    end();
    await Promise.all([holding, refused]);
    expect(await world.sql("select 1 from note where case_id = $1", [other])).toHaveLength(1);
  });

  test("a hold and a purge: either it stood first and the document is there, or it came after", async () => {
    for (let round = 0; round < 6; round++) {
      const [student] = await world.sql<{ id: string }>(
        "insert into student (district_id, sis_id, given_name, family_name) values ($1, $2, 'A', 'B') returning id",
        [lakeview.id, randomUUID()],
      );
      const studentId = student?.id as string;
      const { id } = await putDocument(world, lakeview, { studentId });
      const purge = outcome(purgeDocuments(doors(purger), { documentIds: [id], reason: "x" }));
      const [purged, held] = await Promise.all([purge, outcome(place(lakeview.admin, { studentId }))]);
      expect(held).toBe("done");
      const left = (await world.sql("select 1 from document where id = $1", [id])).length;
      expect([
        { purged: "done", left: 0 },
        { purged: "on-hold", left: 1 },
      ]).toContainEqual({ purged, left });
    }
  });
});
