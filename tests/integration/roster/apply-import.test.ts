import { describe, expect, it } from "vitest";
import { roster } from "@/lib/jobs/roster";
import { requestApply } from "@/lib/roster/decide-import";
import { asOwner, auditActions, makeTenant } from "../../support/make-tenant";
import {
  applied,
  bundleFiles,
  checked,
  importRow,
  type Person,
  problemsOf,
  shared,
  studentsOf,
  zipOf,
} from "./bundles";

const people = (count: number, from = 1): Person[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `p${from + i}`,
    given: `Given${from + i}`,
    family: `Family${from + i}`,
    sis: `${1000 + from + i}`,
    state: `TX${from + i}`,
  }));

describe("succeeds", () => {
  for (const version of ["1.1", "1.2"]) {
    const zip = shared(`grand-bend-oneroster-${version}.zip`);
    it.skipIf(zip === null)(
      `loads Grand Bend ${version} into a new district${zip ? "" : " (../shared/data isn't there)"}`,
      async () => {
        const tenant = await makeTenant();
        const done = await applied(tenant, zip as Buffer);
        expect(done).toMatchObject({
          status: "applied",
          version,
          kind: "bulk",
          added: 960,
          staff: 68,
          error_count: 0,
          note_count: 0,
          file_id: null,
        });
        const students = await studentsOf(tenant);
        expect(students).toHaveLength(960);
        expect(students.find((one) => one.sis_id === "604821")).toMatchObject({
          given_name: "Tyrone",
          family_name: "Dyer",
          preferred_name: version === "1.2" ? "Ty" : null,
          birth_date: "2014-11-13",
          state_id: "604821",
          grade: "2",
          building: "Grand Bend Elementary School",
          source: "roster",
          active: true,
        });
        expect(await asOwner("select 1 from staff_proposal where district_id = $1", [tenant.districtId])).toHaveLength(
          68,
        );
        expect(await asOwner("select 1 from building where district_id = $1", [tenant.districtId])).toHaveLength(3);
        expect(await asOwner("select 1 from roster_row where district_id = $1", [tenant.districtId])).toEqual([]);
        expect(await asOwner("select 1 from stored_file where district_id = $1", [tenant.districtId])).toEqual([]);
        expect(await auditActions(tenant.districtId)).toEqual([
          "roster.upload",
          "roster.check",
          "roster.decide",
          "roster.apply",
        ]);
        const again = await checked(tenant, zip as Buffer);
        expect(again).toMatchObject({ status: "ready", added: 0, changed: 0, leaving: 0, unchanged: 960, staff: 0 });
      },
    );
  }

  it("adds, changes, marks who left, and takes back who returns", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(40))));
    const next = people(41).filter((one) => one.id !== "p7");
    (next[0] as Person).grade = "10";
    expect(await applied(tenant, zipOf(bundleFiles(next)))).toMatchObject({
      added: 1,
      changed: 1,
      leaving: 1,
      unchanged: 38,
    });
    const left = (await studentsOf(tenant)).filter((one) => !one.active);
    expect(left).toMatchObject([{ source_id: "p7", left_on: expect.stringMatching(/^\d{4}-/) }]);
    expect(await applied(tenant, zipOf(bundleFiles(people(41))))).toMatchObject({ added: 0, returned: 1, changed: 1 });
    expect((await studentsOf(tenant)).every((one) => one.active && one.left_on === null)).toBe(true);
  });

  it("takes over by SIS ID whom somebody added by hand, with their cases", async () => {
    const tenant = await makeTenant();
    const [hand] = await asOwner<{ id: string }>(
      "insert into student (district_id, sis_id, given_name, family_name, source) values ($1, '1001', 'Given1', 'Famly1', 'manual') returning id",
      [tenant.districtId],
    );
    const [before] = await asOwner<{ id: string }>(
      "insert into student (district_id, sis_id, given_name, family_name, birth_date) values ($1, '1002', 'Given2', 'Family2', '2011-05-06') returning id",
      [tenant.districtId],
    );
    expect(await applied(tenant, zipOf(bundleFiles(people(3))))).toMatchObject({ added: 1, changed: 2, leaving: 0 });
    const students = await studentsOf(tenant);
    expect(students).toHaveLength(3);
    expect(students[0]).toMatchObject({ id: hand?.id, source: "roster", source_id: "p1", family_name: "Family1" });
    expect(students[1]).toMatchObject({ id: before?.id, source_id: "p2" });
  });

  it("leaves alone whom the roster never told of, and lets those go whom an older one did", async () => {
    const tenant = await makeTenant();
    for (const [sis, source] of [
      ["hand", "manual"],
      ["older", "roster"],
    ])
      await asOwner(
        "insert into student (district_id, sis_id, given_name, family_name, source) values ($1, $2, 'A', 'B', $3)",
        [tenant.districtId, sis, source],
      );
    const done = await applied(tenant, zipOf(bundleFiles(people(30))));
    expect(done).toMatchObject({ added: 30, leaving: 1 });
    const students = await studentsOf(tenant);
    expect(students.find((one) => one.sis_id === "hand")?.active).toBe(true);
    expect(students.find((one) => one.sis_id === "older")?.active).toBe(false);
  });

  it("swaps two students' SIS IDs", async () => {
    const tenant = await makeTenant();
    const two = people(2);
    await applied(tenant, zipOf(bundleFiles(two)));
    const [first, second] = two as [Person, Person];
    [first.sis, second.sis] = [second.sis as string, first.sis as string];
    expect(await applied(tenant, zipOf(bundleFiles(two)))).toMatchObject({ changed: 2, error_count: 0 });
    expect((await studentsOf(tenant)).map((one) => [one.sis_id, one.source_id])).toEqual([
      ["1001", "p2"],
      ["1002", "p1"],
    ]);
  });

  it("keeps students whom the roster calls by a new sourcedId", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(3))));
    const before = await studentsOf(tenant);
    const renamed = people(3).map((one) => ({ ...one, id: `new-${one.id}` }));
    expect(await applied(tenant, zipOf(bundleFiles(renamed)))).toMatchObject({ added: 0, leaving: 0, unchanged: 3 });
    const after = await studentsOf(tenant);
    expect(after.map((one) => one.id)).toEqual(before.map((one) => one.id));
    expect(after[0]?.source_id).toBe("new-p1");
  });

  it("applies changes only: new, changed, leaving; whoever isn't named stays", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(30))));
    const delta = [
      { ...(people(1)[0] as Person), grade: "12", status: "active" },
      { id: "p2", status: "tobedeleted" },
      { ...(people(1, 31)[0] as Person), status: "active" },
    ];
    expect(await applied(tenant, zipOf(bundleFiles(delta, "delta")))).toMatchObject({
      kind: "delta",
      added: 1,
      changed: 1,
      leaving: 1,
      error_count: 0,
    });
    expect((await studentsOf(tenant)).filter((one) => one.active)).toHaveLength(30);
  });

  it("changes a birth date that comes alone in a delta", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(2))));
    const delta = bundleFiles([], "delta", {
      "demographics.csv":
        "sourcedId,status,dateLastModified,birthDate\np1,active,,2012-01-02\nnobody,active,,2012-01-02\n",
    });
    const done = await applied(tenant, zipOf(delta));
    expect(done).toMatchObject({ changed: 1, leaving: 0, error_count: 1 });
    expect(await problemsOf(done.id)).toMatchObject([{ file: "demographics.csv", line: 3, reason: "unknown-student" }]);
    expect((await studentsOf(tenant))[0]).toMatchObject({
      given_name: "Given1",
      birth_date: "2012-01-02",
      building: "North High",
    });
  });

  it("finds the new name of a student at their case", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(30))));
    const [student] = await studentsOf(tenant);
    await asOwner(`insert into "case" (district_id, number, student_id) values ($1, 'N-1', $2)`, [
      tenant.districtId,
      student?.id,
    ]);
    const next = people(30);
    (next[0] as Person).family = "Quetzal";
    await applied(tenant, zipOf(bundleFiles(next)));
    const [found] = await asOwner<{ search: string }>(`select search from "case" where district_id = $1`, [
      tenant.districtId,
    ]);
    expect(found?.search).toContain("quetzal");
  });
});

describe("wrong permission", () => {
  it("refuses who doesn't manage the district", async () => {
    const tenant = await makeTenant();
    const { id } = await checked(tenant, zipOf(bundleFiles(people(1))));
    const clerk = { ...tenant.admin.actor, permissions: new Set(["manageCases" as const]) };
    await expect(
      tenant.admin.doors.district((tx) => requestApply(tx, clerk, { importId: id, confirmed: true })),
    ).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("other district", () => {
  it("isn't there for another district, and touches nobody there", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    await applied(other, zipOf(bundleFiles(people(3))));
    const { id } = await checked(one, zipOf(bundleFiles(people(2))));
    await expect(
      other.admin.doors.district((tx) => requestApply(tx, other.admin.actor, { importId: id, confirmed: true })),
    ).rejects.toMatchObject({ kind: "not-there" });
    await roster({ districtId: other.districtId, importId: id, step: "apply" });
    expect((await importRow(id)).status).toBe("ready");
    expect(await studentsOf(other)).toHaveLength(3);
  });
});

describe("wrong state", () => {
  it("applies a held one only when its meaning was ticked", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(40))));
    const held = await checked(tenant, zipOf(bundleFiles(people(37))));
    expect(held).toMatchObject({ status: "held", leaving: 3 });
    const { doors, actor } = tenant.admin;
    await expect(
      doors.district((tx) => requestApply(tx, actor, { importId: held.id, confirmed: false })),
    ).rejects.toMatchObject({ kind: "roster-unconfirmed" });
    await doors.district((tx) => requestApply(tx, actor, { importId: held.id, confirmed: true }));
    await roster({ districtId: tenant.districtId, importId: held.id, step: "apply" });
    expect((await studentsOf(tenant)).filter((one) => one.active)).toHaveLength(37);
  });

  it("doesn't hold exactly 5%", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zipOf(bundleFiles(people(40))));
    expect(await checked(tenant, zipOf(bundleFiles(people(38))))).toMatchObject({ status: "ready", leaving: 2 });
  });

  it("is decided once", async () => {
    const tenant = await makeTenant();
    const { id } = await applied(tenant, zipOf(bundleFiles(people(1))));
    await expect(
      tenant.admin.doors.district((tx) => requestApply(tx, tenant.admin.actor, { importId: id, confirmed: true })),
    ).rejects.toMatchObject({ kind: "roster-decided" });
  });

  it("the database refuses a step that there isn't", async () => {
    const tenant = await makeTenant();
    const { id } = await applied(tenant, zipOf(bundleFiles(people(1))));
    await expect(asOwner("update roster_import set status = 'ready' where id = $1", [id])).rejects.toThrow("no step");
  });
});

describe("two at once", () => {
  it("applies once, however often the job runs", async () => {
    const tenant = await makeTenant();
    const { id } = await checked(tenant, zipOf(bundleFiles(people(5))));
    const { doors, actor } = tenant.admin;
    const clicks = await Promise.allSettled(
      [1, 2, 3].map(() => doors.district((tx) => requestApply(tx, actor, { importId: id, confirmed: false }))),
    );
    expect(clicks.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const job = { districtId: tenant.districtId, importId: id, step: "apply" as const };
    await Promise.all([roster(job), roster(job), roster(job)]);
    expect(await studentsOf(tenant)).toHaveLength(5);
    expect((await auditActions(tenant.districtId)).filter((action) => action === "roster.apply")).toHaveLength(1);
  });

  it("keeps a student whom somebody typed in between dry run and applying", async () => {
    const tenant = await makeTenant();
    const { id } = await checked(tenant, zipOf(bundleFiles(people(2))));
    await asOwner(
      "insert into student (district_id, sis_id, given_name, family_name, source) values ($1, '1001', 'Given1', 'Family1', 'manual')",
      [tenant.districtId],
    );
    await tenant.admin.doors.district((tx) => requestApply(tx, tenant.admin.actor, { importId: id, confirmed: false }));
    await roster({ districtId: tenant.districtId, importId: id, step: "apply" });
    expect(await studentsOf(tenant)).toMatchObject([
      { sis_id: "1001", source: "roster", source_id: "p1" },
      { sis_id: "1002" },
    ]);
  });
});
