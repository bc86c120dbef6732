import { describe, expect, test } from "vitest";
import { declineRequest, withdrawRequest } from "@/lib/requests/decide-request";
import { listAskedOfUs, requestsAbout } from "@/lib/requests/list-requests-about";
import { doors, makeWorld, type Someone } from "../../support/world";
import { ask, asking } from "./fixtures";

const world = await makeWorld();
const { lakeview, riverbend, sql } = world;
const [ana, ben, chloe, dev] = lakeview.students as [
  (typeof lakeview.students)[number],
  (typeof lakeview.students)[number],
  (typeof lakeview.students)[number],
  (typeof lakeview.students)[number],
];
const about = async (by: Someone, studentId: string) =>
  requestsAbout(await doors(by).district((tx) => listAskedOfUs(tx, by, studentId)));
const ids = async (by: Someone, studentId: string) => (await about(by, studentId)).map((one) => one.id);
const asked = (
  student: { given: string; family: string; birthDate: string },
  own: Parameters<typeof asking>[1] = {},
) => {
  const { given, family, birthDate } = student;
  const by = own.kind === "cases" ? riverbend.manager : riverbend.clerk;
  return ask(by, asking(lakeview, { ...own, content: { given, family, birthDate, ...own.content } }));
};

describe("succeeds", () => {
  test("names the open requests whose name and birth date agree, of the kinds that the actor answers", async () => {
    const documents = await asked(ana);
    const cases = await asked(ana, { kind: "cases", documentTypes: [] });
    expect(await about(lakeview.clerk, ana.id)).toMatchObject([
      { id: documents, kind: "documents", district: "Riverbend", state: "California" },
    ]);
    expect(await ids(lakeview.manager, ana.id)).toEqual([cases]);
    expect((await ids(lakeview.admin, ana.id)).toSorted()).toEqual([documents, cases].toSorted());
    expect(JSON.stringify(await about(lakeview.admin, ana.id))).not.toContain("message");
  });

  test("guesses nothing: another birth date, a name that is only close, a namesake", async () => {
    await asked(ben, { content: { birthDate: "2012-03-14" } });
    await asked(ben, { content: { given: "Benn" } });
    expect(await ids(lakeview.clerk, ben.id)).toEqual([]);
    const id = await asked(chloe, { content: { given: "CHLOE" } });
    expect(await ids(lakeview.clerk, chloe.id)).toEqual([id]);
    expect(await ids(lakeview.clerk, dev.id)).toEqual([]);
    await sql("update student set birth_date = null where id = $1", [chloe.id]);
    expect(await ids(lakeview.clerk, chloe.id)).toEqual([]);
  });
});

describe("wrong permission", () => {
  test("who answers no requests sees none", async () => {
    await asked(dev);
    expect(await ids(lakeview.clerk, dev.id)).toHaveLength(1);
    expect(await ids(lakeview.staff, dev.id)).toEqual([]);
  });
});

describe("other district", () => {
  test("the asking district's own student of that name has no banner", async () => {
    const same = riverbend.students.find((one) => one.family === dev.family);
    expect(same).toBeTruthy();
    expect(await ids(riverbend.clerk, same?.id ?? "")).toEqual([]);
    expect(await ids(riverbend.clerk, dev.id)).toEqual([]);
  });
});

describe("wrong state", () => {
  test("a declined or withdrawn one is gone", async () => {
    const before = await ids(lakeview.clerk, dev.id);
    const [declined, withdrawn] = [await asked(dev), await asked(dev)];
    expect(await ids(lakeview.clerk, dev.id)).toHaveLength(before.length + 2);
    await doors(lakeview.clerk).district((tx) =>
      declineRequest(tx, lakeview.clerk, { requestId: declined, reason: "Not ours" }),
    );
    await doors(riverbend.clerk).district((tx) => withdrawRequest(tx, riverbend.clerk, { requestId: withdrawn }));
    expect(await ids(lakeview.clerk, dev.id)).toEqual(before);
  });
});
