import { describe, expect, test } from "vitest";
import type { RequestContent, RequestKind } from "@/lib/requests/request-content";
import { mostOpen, mostPerDay } from "@/lib/requests/request-records";
import { doors, makeWorld, outcome } from "../../support/world";
import { ask, asking, auditOf, canary, mailsOf, statusOf } from "./fixtures";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const count = async () => (await sql("select from record_request")).length;

describe("succeeds", () => {
  test("asks another district, writes it down and tells its people, by ids alone", async () => {
    const input = asking(lakeview, { documentTypes: ["iep", "evaluation", "iep"] });
    const id = await ask(riverbend.clerk, input);
    expect(id).toBe(input.requestId);
    const [row] = await sql("select * from record_request where id = $1", [id]);
    expect(row).toMatchObject({
      requesting_district_id: riverbend.id,
      holding_district_id: lakeview.id,
      kind: "documents",
      document_types: ["iep", "evaluation"],
      status: "open",
      requested_by: riverbend.clerk.membershipId,
    });
    expect(row?.reference).toMatch(/^R-\d{4}-\d{6}$/);
    expect(await auditOf(world, riverbend, id)).toEqual(["request.send"]);
    expect(await mailsOf(world, id)).toEqual(["request-received → Lakeview"]);
  });

  test("what names the student is sealed, and stands in no log and no job", async () => {
    const id = await ask(riverbend.clerk, asking(lakeview));
    const [row] = await sql<{ content_sealed: Buffer }>("select content_sealed from record_request where id = $1", [
      id,
    ]);
    const everything = JSON.stringify([
      row?.content_sealed.toString("latin1"),
      await sql("select * from audit where subject_id = $1", [id]),
      await sql("select data from pgboss.job where data ->> 'requestId' = $1", [id]),
    ]);
    for (const name of Object.values(canary).filter((one) => one && one.length > 2))
      expect(everything).not.toContain(name);
  });

  test("asks for cases, whatever the switches say: those are turned on when something is to be sent", async () => {
    await sql("update district set case_transfers_on = false, documents_off = true where id = $1", [lakeview.id]);
    const id = await ask(riverbend.manager, asking(lakeview, { kind: "cases" }));
    expect(await sql("select kind, document_types from record_request where id = $1", [id])).toEqual([
      { kind: "cases", document_types: [] },
    ]);
    await sql("update district set case_transfers_on = true, documents_off = false where id = $1", [lakeview.id]);
  });

  test("takes an owner by email or username of the own district", async () => {
    const [row] = await sql<{ username: string; email: string }>(
      "select username, email from membership where id = $1",
      [riverbend.staff.membershipId],
    );
    for (const owner of [row?.username ?? "", ` ${row?.email.toUpperCase()} `])
      expect(await outcome(ask(riverbend.clerk, asking(lakeview, { content: { owner } })))).toBe("done");
  });
});

describe("the SIS Student ID is that of somebody else on the own roster", () => {
  const [ana] = riverbend.students;
  const sisId = async () => {
    const [row] = await sql<{ sis_id: string }>("select sis_id from student where id = $1", [ana?.id]);
    return row?.sis_id ?? "";
  };
  const asked = async (
    content: Partial<RequestContent>,
    own: { same?: string | null } = {},
    kind: RequestKind = "documents",
  ) => outcome(ask(riverbend.admin, asking(lakeview, { kind, ...own, content: { sisId: await sisId(), ...content } })));
  const { given = "", family = "", birthDate = "" } = ana ?? {};

  test("is refused until it's said that it's the same person, for documents and cases", async () => {
    const before = await count();
    for (const kind of ["documents", "cases"] as const) expect(await asked({}, {}, kind)).toBe("sis-id-of-another");
    expect(await asked({ given, family, birthDate: "1999-01-01" })).toBe("sis-id-of-another");
    expect(await count()).toBe(before);
    // Said of somebody else, as where the ID was changed after the tick, it doesn't count.
    expect(await asked({}, { same: riverbend.students[1]?.id ?? null })).toBe("sis-id-of-another");
    expect(await asked({}, { same: ana?.id ?? null })).toBe("done");
  });

  test("the student's own name and birth date pass, as does an ID that nobody here has yet", async () => {
    expect(await asked({ given: given.toUpperCase(), family, birthDate })).toBe("done");
    expect(await asked({ sisId: "not here yet" })).toBe("done");
  });

  test("the other district's roster isn't looked at", async () => {
    const [theirs] = await sql<{ sis_id: string }>(
      "update student set sis_id = 'ONLY-THERE' where id = $1 returning sis_id",
      [lakeview.students[0]?.id],
    );
    expect(await asked({ sisId: theirs?.sis_id ?? "" })).toBe("done");
  });
});

describe("wrong permission", () => {
  test.each([
    ["manager", "documents"],
    ["clerk", "cases"],
    ["staff", "documents"],
    ["staff", "cases"],
  ] as const)("refuses a %s who asks for %s", async (role, kind) => {
    const before = await count();
    expect(await outcome(ask(riverbend[role], asking(lakeview, { kind })))).toBe("forbidden");
    expect(await count()).toBe(before);
  });
});

describe("other district", () => {
  test("nobody asks in another district's name, past the verb", async () => {
    await expect(
      doors(riverbend.clerk).district(
        (tx) => tx.$executeRaw`
          insert into record_request (reference, requesting_district_id, holding_district_id, kind, content_sealed, requested_by, requested_by_name)
          values ('R-0', ${maple.id}::uuid, ${lakeview.id}::uuid, 'documents', '', ${maple.clerk.membershipId}::uuid, 'x')`,
      ),
    ).rejects.toThrow(/row-level security/);
  });

  test("a third district sees nothing of it", async () => {
    await ask(riverbend.clerk, asking(lakeview));
    expect(await doors(maple.admin).district((tx) => tx.recordRequest.count())).toBe(0);
    expect(await doors(lakeview.clerk).district((tx) => tx.recordRequest.count())).toBeGreaterThan(0);
  });
});

describe("wrong state", () => {
  test("refuses documents where either side has disabled them", async () => {
    for (const [off, kind] of [
      [riverbend, "own-documents-off"],
      [lakeview, "other-documents-off"],
    ] as const) {
      await sql("update district set documents_off = true where id = $1", [off.id]);
      expect(await outcome(ask(riverbend.clerk, asking(lakeview)))).toBe(kind);
      await sql("update district set documents_off = false where id = $1", [off.id]);
    }
  });

  test("asks no more than a hundred open ones of one district, and no more than 200 in a day", async () => {
    const fill = (n: number, status: string) =>
      sql(
        `insert into record_request (reference, requesting_district_id, holding_district_id, kind, content_sealed, requested_by, requested_by_name, status, decided_at)
         select 'F-' || gen_random_uuid(), $1, $2, 'documents', '', $3, 'x', $4, case when $4 <> 'open' then now() end from generate_series(1, $5)`,
        [maple.id, lakeview.id, maple.clerk.membershipId, status, n],
      );
    await fill(mostOpen, "open");
    expect(await outcome(ask(maple.clerk, asking(lakeview)))).toBe("too-many-requests");
    expect(await outcome(ask(maple.clerk, asking(riverbend)))).toBe("done");
    await sql("delete from record_request where reference like 'F-%'");
    await fill(mostPerDay, "declined");
    expect(await outcome(ask(maple.clerk, asking(lakeview)))).toBe("too-many-requests");
    await sql("update record_request set requested_at = now() - interval '25 hours' where reference like 'F-%'");
    expect(await outcome(ask(maple.clerk, asking(lakeview)))).toBe("done");
  });
});

describe("bad input", () => {
  test("refuses a district that isn't on Baton, that isn't there, or is the own one", async () => {
    const [other] = await sql<{ id: string }>(
      "insert into district (nces_id, name, state) values ('0199999', 'Nowhere', 'AL') returning id",
    );
    for (const holder of [{ id: other?.id ?? "" }, { id: crypto.randomUUID() }, riverbend])
      expect(await outcome(ask(riverbend.clerk, asking(holder)))).toBe("bad-value");
  });

  test("refuses an owner who isn't a member, is disabled, or belongs to the other district", async () => {
    const [there] = await sql<{ email: string }>("select email from membership where id = $1", [
      lakeview.clerk.membershipId,
    ]);
    for (const owner of ["nobody@nowhere.example", there?.email ?? ""])
      expect(await outcome(ask(riverbend.clerk, asking(lakeview, { content: { owner } })))).toBe("no-such-owner");
  });
});

describe("two at once", () => {
  test("a double click is one request, one line in the log and one mail", async () => {
    const input = asking(lakeview);
    const ids = await Promise.all(Array.from({ length: 6 }, () => ask(riverbend.clerk, input)));
    expect(new Set(ids)).toEqual(new Set([input.requestId]));
    expect(await statusOf(world, input.requestId)).toBe("open");
    expect(await auditOf(world, riverbend, input.requestId)).toEqual(["request.send"]);
    expect(await mailsOf(world, input.requestId)).toHaveLength(1);
  });
});
