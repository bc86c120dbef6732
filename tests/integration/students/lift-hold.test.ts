import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { liftHold } from "@/lib/students/lift-hold";
import { findHold, listHolds } from "@/lib/students/list-holds";
import { audited, putDocument } from "../../support/documents";
import { hold } from "../../support/retention";
import { addMember, doors, makeWorld, outcome, type Someone } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const purger = await addMember(world, lakeview, "purger", ["purge", "manageDocuments"]);
const studentId = lakeview.students[0]?.id as string;
const lift = (actor: Someone, id: string, reason = "The matter is settled") =>
  doors(actor).district((tx) => liftHold(tx, actor, { id, reason }));

describe("succeeds", () => {
  test("what it kept can be destroyed again, once no other hold stands; the history says who, when and why", async () => {
    const { id } = await putDocument(world, lakeview);
    const [one, other] = [await hold(lakeview.admin, { studentId }), await hold(lakeview.admin, { studentId })];
    const purge = () => outcome(purgeDocuments(doors(purger), { documentIds: [id], reason: "x" }));
    await lift(lakeview.admin, one);
    expect(await purge()).toBe("on-hold");
    await lift(lakeview.admin, other);
    expect(await purge()).toBe("done");
    const { rows } = await doors(purger).district((tx) => listHolds(tx, purger, { lifted: true, page: 1 }));
    expect(rows.map((row) => row.lifted?.reason)).toEqual(["The matter is settled", "The matter is settled"]);
    expect((await audited(world, lakeview, studentId)).filter((action) => action === "hold.lift")).toHaveLength(2);
  });
});

describe("wrong permission", () => {
  test("Manage District alone lifts", async () => {
    const id = await hold(lakeview.admin, { studentId });
    for (const actor of [purger, lakeview.manager, lakeview.clerk, lakeview.staff])
      expect(await outcome(lift(actor, id))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("not there", async () => {
    const id = await hold(lakeview.admin, { studentId });
    expect(await outcome(lift(riverbend.admin, id))).toBe("not-there");
    expect(await doors(riverbend.admin).district((tx) => findHold(tx, riverbend.admin, id))).toBeNull();
  });
});

describe("wrong state", () => {
  test("lifted already; nothing takes a lift back", async () => {
    const id = await hold(lakeview.admin, { studentId });
    await lift(lakeview.admin, id);
    expect(await outcome(lift(lakeview.admin, id))).toBe("hold-lifted");
    await expect(world.sql("update legal_hold set lifted_at = null where id = $1", [id])).rejects.toThrow(
      /lifted once/,
    );
  });
});

describe("bad input", () => {
  test("no reason, nobody's id", async () => {
    const id = await hold(lakeview.admin, { studentId });
    expect(await outcome(lift(lakeview.admin, id, " "))).toBe("bad-value");
    for (const nobodys of ["x", randomUUID()]) expect(await outcome(lift(lakeview.admin, nobodys))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("one lifts", async () => {
    const id = await hold(lakeview.admin, { studentId });
    const ends = await Promise.all([outcome(lift(lakeview.admin, id)), outcome(lift(lakeview.admin, id))]);
    expect(ends.sort()).toEqual(["done", "hold-lifted"]);
  });
});
