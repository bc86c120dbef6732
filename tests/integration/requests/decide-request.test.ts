import { describe, expect, test } from "vitest";
import { declineRequest, withdrawRequest } from "@/lib/requests/decide-request";
import { getRequest } from "@/lib/requests/get-request";
import { doors, makeWorld, outcome, type Someone } from "../../support/world";
import { ask, asking, auditOf, mailsOf, statusOf } from "./fixtures";

const world = await makeWorld();
const { lakeview, riverbend, maple } = world;
const decline = (by: Someone, requestId: string, reason = "Never enrolled here") =>
  doors(by).district((tx) => declineRequest(tx, by, { requestId, reason }));
const withdraw = (by: Someone, requestId: string) => doors(by).district((tx) => withdrawRequest(tx, by, { requestId }));
const asked = (kind: "documents" | "cases" = "documents") =>
  ask(kind === "cases" ? riverbend.manager : riverbend.clerk, asking(lakeview, { kind }));

describe("succeeds", () => {
  test("the holder declines, saying why; the asker is told and reads it", async () => {
    const id = await asked();
    await decline(lakeview.clerk, id);
    const seen = await doors(riverbend.clerk).district((tx) => getRequest(tx, riverbend.clerk, { requestId: id }));
    expect(seen).toMatchObject({ status: "declined", reason: "Never enrolled here", decidedBy: null });
    expect(await auditOf(world, lakeview, id)).toEqual(["request.decline"]);
    expect(await mailsOf(world, id)).toEqual(["request-declined → Riverbend", "request-received → Lakeview"]);
  });

  test("the asker withdraws; the holder is told, and no longer sees whom it was about", async () => {
    const id = await asked();
    await withdraw(riverbend.clerk, id);
    const there = await doors(lakeview.clerk).district((tx) => getRequest(tx, lakeview.clerk, { requestId: id }));
    expect(there).toMatchObject({ status: "withdrawn", content: null, decidedBy: null });
    const here = await doors(riverbend.clerk).district((tx) => getRequest(tx, riverbend.clerk, { requestId: id }));
    expect(here).toMatchObject({ content: { given: "Zuleika" }, decidedBy: riverbend.clerk.name });
    expect(await mailsOf(world, id)).toEqual(["request-received → Lakeview", "request-withdrawn → Lakeview"]);
  });

  test("a colleague of whoever asked may withdraw", async () => {
    const id = await asked("cases");
    await withdraw(riverbend.colleague, id);
    expect(await statusOf(world, id)).toBe("withdrawn");
  });
});

describe("wrong permission", () => {
  test.each([
    ["documents", "manager"],
    ["documents", "staff"],
    ["cases", "clerk"],
    ["cases", "staff"],
  ] as const)("a request for %s isn't decided by a %s, on either side", async (kind, role) => {
    const id = await asked(kind);
    expect(await outcome(decline(lakeview[role], id))).toBe("forbidden");
    expect(await outcome(withdraw(riverbend[role], id))).toBe("forbidden");
    expect(await statusOf(world, id)).toBe("open");
  });
});

describe("other district", () => {
  test("the asker can't decline, the holder can't withdraw, a third district finds nothing", async () => {
    const id = await asked();
    expect(await outcome(decline(riverbend.clerk, id))).toBe("not-there");
    expect(await outcome(withdraw(lakeview.clerk, id))).toBe("not-there");
    expect(await outcome(decline(maple.clerk, id))).toBe("not-there");
    expect(await outcome(withdraw(maple.clerk, id))).toBe("not-there");
    expect(await statusOf(world, id)).toBe("open");
  });

  test("not past the verb either: the shared row is changed by its functions alone", async () => {
    const id = await asked();
    await expect(
      doors(lakeview.clerk).district((tx) =>
        tx.recordRequest.updateMany({ where: { id }, data: { status: "declined", decidedAt: new Date() } }),
      ),
    ).rejects.toThrow();
    expect(
      await doors(lakeview.clerk).district(
        (tx) => tx.$queryRaw`select exchange_decide_request(${id}::uuid, 'withdraw', null) status`,
      ),
    ).toEqual([{ status: null }]);
  });
});

describe("wrong state", () => {
  test("what is decided stays as it was decided", async () => {
    const id = await asked();
    await decline(lakeview.clerk, id);
    expect(await outcome(decline(lakeview.clerk, id))).toBe("request-decided");
    expect(await outcome(withdraw(riverbend.clerk, id))).toBe("request-decided");
    expect(await statusOf(world, id)).toBe("declined");
  });
});

describe("bad input", () => {
  test("declining needs a reason, of no more than 1,000 characters", async () => {
    const id = await asked();
    for (const reason of ["", "  ", "x".repeat(1_001)])
      expect(await outcome(decline(lakeview.clerk, id, reason))).toBe("bad-value");
    expect(await outcome(decline(lakeview.clerk, crypto.randomUUID()))).toBe("not-there");
  });
});

describe("two at once", () => {
  test("one of many who decide wins, and it's told once", async () => {
    const id = await asked();
    const outcomes = await Promise.all([
      ...Array.from({ length: 4 }, () => outcome(decline(lakeview.clerk, id))),
      ...Array.from({ length: 4 }, () => outcome(withdraw(riverbend.clerk, id))),
    ]);
    expect(outcomes.filter((one) => one === "done")).toHaveLength(1);
    expect(outcomes.filter((one) => one === "request-decided")).toHaveLength(7);
    expect(await mailsOf(world, id)).toHaveLength(2);
  });
});
