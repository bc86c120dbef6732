import { describe, expect, test } from "vitest";
import { getRequest, getRequestPrefill } from "@/lib/requests/get-request";
import { findBySisId, proposeAnswer } from "@/lib/requests/propose-answer";
import { addCase, doors, makeWorld, outcome, type Someone } from "../../support/world";
import { ask, asking, auditOf } from "./fixtures";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const get = (by: Someone, requestId: string) => doors(by).district((tx) => getRequest(tx, by, { requestId }));
const prefill = (by: Someone, requestId: string) => doors(by).district((tx) => getRequestPrefill(tx, by, requestId));
const ana = lakeview.students[0] as (typeof lakeview.students)[number];
const aboutAna = { given: ana.given, family: ana.family, birthDate: ana.birthDate };
const asked = (own: Parameters<typeof asking>[1] = {}) =>
  ask(own.kind === "cases" ? riverbend.manager : riverbend.clerk, asking(lakeview, own));

async function addDocument(studentId: string, type: string, own: { deleted?: boolean; quarantined?: boolean } = {}) {
  const [file] = await sql<{ id: string }>(
    "insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type) values ($1, gen_random_uuid()::text, '', 10, sha256(''), 'text/plain') returning id",
    [lakeview.id],
  );
  const [row] = await sql<{ id: string }>(
    `insert into document (district_id, student_id, file_id, title, type, added_by_name, deleted_at, quarantined_at, quarantine)
     values ($1, $2, $3, 'Canary ' || $4, $4, 'x', case when $5 then now() end, case when $6 then now() end, case when $6 then 'recalled' end) returning id`,
    [lakeview.id, studentId, file?.id, type, own.deleted ?? false, own.quarantined ?? false],
  );
  return row?.id ?? "";
}

describe("succeeds", () => {
  test("both sides read what is asked for, each by its own people's names, and each reading is written down", async () => {
    const id = await asked({ content: { owner: null, sisId: "R-9" } });
    expect(await get(lakeview.clerk, id)).toMatchObject({
      side: "incoming",
      status: "open",
      requestedBy: null,
      content: { given: "Zuleika", family: "Canarybird", birthDate: "2012-03-14", sisId: "R-9" },
      transfers: [],
    });
    expect(await get(riverbend.clerk, id)).toMatchObject({ side: "outgoing", requestedBy: riverbend.clerk.name });
    expect(await auditOf(world, lakeview, id)).toEqual(["request.read"]);
    expect(await auditOf(world, riverbend, id)).toEqual(["request.send", "request.read"]);
  });

  test("shows the other side's coordinator where it's published", async () => {
    const id = await asked();
    expect((await get(lakeview.clerk, id)).contact).toBeNull();
    await sql(
      "update district_settings set coordinator_name = 'Rae', coordinator_shown = true where district_id = $1",
      [riverbend.id],
    );
    expect((await get(lakeview.clerk, id)).contact).toMatchObject({ name: "Rae" });
  });

  test("fills in the transfer for the holder while it's open", async () => {
    const id = await asked({ content: { owner: "clerk", sisId: "R-9" }, legalBasis: "consent" });
    expect(await prefill(lakeview.clerk, id)).toMatchObject({
      districtId: riverbend.id,
      sisId: "R-9",
      owner: "clerk",
      legalBasis: "consent",
    });
    expect(await prefill(riverbend.clerk, id)).toBeNull();
    expect(await prefill(maple.clerk, id)).toBeNull();
    await sql("update record_request set status = 'declined', decided_at = now() where id = $1", [id]);
    expect(await prefill(lakeview.clerk, id)).toBeNull();
  });
});

describe("the proposal", () => {
  const propose = async (by: Someone, id: string, chosen: string | null = null) => {
    const { kind, documentTypes, content, otherId } = await get(by, id);
    if (!content) throw new Error("no content");
    return doors(by).district((tx) =>
      proposeAnswer(tx, by, { kind, documentTypes, content, askingDistrictId: otherId }, chosen),
    );
  };

  test("finds the student by name and birth date, with the live documents, the wanted ones marked", async () => {
    const iep = await addDocument(ana.id, "iep");
    const other = await addDocument(ana.id, "health");
    await addDocument(ana.id, "iep", { deleted: true });
    await addDocument(ana.id, "iep", { quarantined: true });
    const [best, ...others] = await propose(lakeview.clerk, await asked({ content: aboutAna }));
    expect(others).toEqual([]);
    expect(best?.student).toMatchObject({ id: ana.id, comparison: { allAgree: true } });
    expect(best?.documents.map((one) => [one.id, one.wanted]).sort()).toEqual(
      [
        [iep, true],
        [other, false],
      ].sort(),
    );
    expect(best?.cases).toEqual([]);
  });

  test("finds the student's cases where cases are asked for", async () => {
    const open = await addCase(world, lakeview, { studentId: ana.id });
    const closed = await addCase(world, lakeview, { studentId: ana.id, status: "closed" });
    const [best] = await propose(lakeview.manager, await asked({ kind: "cases", content: aboutAna }));
    expect(best?.cases.map((one) => one.id)).toEqual([open.id, closed.id]);
    expect(best?.documents).toEqual([]);
  });

  test("proposes nobody for a stranger, and compares whom the holder chooses by SIS Student ID", async () => {
    const id = await asked();
    expect(await propose(lakeview.clerk, id)).toEqual([]);
    const found = await doors(lakeview.clerk).district((tx) => findBySisId(tx, lakeview.clerk, ana.sisId));
    expect(found).toBe(ana.id);
    const [chosen] = await propose(lakeview.clerk, id, found);
    expect(chosen?.student).toMatchObject({ id: ana.id, comparison: { name: "differs", allAgree: false } });
    const foreign = riverbend.students[0]?.id ?? "";
    expect(await propose(lakeview.clerk, id, foreign)).toEqual([]);
  });
});

describe("wrong permission", () => {
  test.each([
    ["documents", "manager"],
    ["documents", "staff"],
    ["cases", "clerk"],
    ["cases", "staff"],
  ] as const)("what is asked of %s a %s doesn't read, on either side", async (kind, role) => {
    const id = await asked({ kind });
    expect(await outcome(get(lakeview[role], id))).toBe("forbidden");
    expect(await outcome(get(riverbend[role], id))).toBe("forbidden");
    expect(await outcome(prefill(lakeview[role], id))).toBe("forbidden");
  });
});

describe("other district", () => {
  test("a third district finds nothing", async () => {
    expect(await outcome(get(maple.clerk, await asked()))).toBe("not-there");
  });

  test("one request's content doesn't open as another's", async () => {
    const [one, two] = [await asked(), await asked()];
    await sql(
      "update record_request set content_sealed = (select content_sealed from record_request where id = $1) where id = $2",
      [one, two],
    );
    await expect(get(lakeview.clerk, two)).rejects.toThrow();
  });
});

describe("bad input", () => {
  test("an id that nothing has isn't there", async () => {
    expect(await outcome(get(lakeview.clerk, crypto.randomUUID()))).toBe("not-there");
  });
});
