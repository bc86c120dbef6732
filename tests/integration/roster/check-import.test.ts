import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { roster } from "@/lib/jobs/roster";
import { discardImport } from "@/lib/roster/decide-import";
import { largestBundle } from "@/lib/roster/limits";
import { listImportRows } from "@/lib/roster/list-import-rows";
import { findOpenImport, getImport, listImports } from "@/lib/roster/list-imports";
import { listProblems } from "@/lib/roster/list-problems";
import { startImport } from "@/lib/roster/start-import";
import { asOwner, makeMember, makeTenant, nobodysId, type Tenant } from "../../support/make-tenant";
import { applied, bundleFiles, checkAs, checked, importRow, type Person, studentsOf, upload, zipOf } from "./bundles";

const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${i}`, given: `Given${i}`, sis: `${100 + i}`, state: `TX${i}` }));
const zip = (count = 2) => zipOf(bundleFiles(people(count)));

describe("succeeds", () => {
  it("says what would change, and changes nothing", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zip(30));
    const before = await studentsOf(tenant);
    const next = people(31).filter((one) => one.id !== "p4");
    Object.assign(next[0] as Person, { given: "Renamed", grade: "11" });
    const { id } = await checked(tenant, zipOf(bundleFiles(next)));
    expect(await studentsOf(tenant)).toEqual(before);
    const { doors, actor } = tenant.admin;
    const view = await doors.district((tx) => getImport(tx, actor, id));
    expect(view).toMatchObject({
      status: "ready",
      kind: "bulk",
      counts: { added: 1, changed: 1, leaving: 1, unchanged: 28 },
      activeBefore: 30,
    });
    const [changed] = await doors.district((tx) =>
      listImportRows(tx, actor, { importId: id, section: "changed", page: 1 }),
    );
    expect(changed).toMatchObject({
      givenName: "Renamed",
      school: "North High",
      changes: [
        { field: "Given name", from: "Given0", to: "Renamed" },
        { field: "Grade", from: "9", to: "11" },
      ],
    });
    const [leaving] = await doors.district((tx) =>
      listImportRows(tx, actor, { importId: id, section: "leaving", page: 1 }),
    );
    expect(leaving).toMatchObject({ sisId: "104", school: "North High" });
    expect(await doors.district((tx) => findOpenImport(tx, actor))).toMatchObject({ id });
    expect((await doors.district((tx) => listImports(tx, actor, { page: 1 }))).total).toBe(2);
  });

  it("begins anew after it was cut off", async () => {
    const tenant = await makeTenant();
    const importId = await upload(tenant, zip(3));
    // What a killed worker left.
    await asOwner("update roster_import set attempt = 1 where id = $1", [importId]);
    await asOwner(
      "insert into roster_row (district_id, import_id, n, what, source_id) values ($1, $2, 1, 'add', 'ghost')",
      [tenant.districtId, importId],
    );
    await roster({ districtId: tenant.districtId, importId, step: "check" });
    expect(await importRow(importId)).toMatchObject({ status: "ready", added: 3 });
  });

  it("gives up after five tries, and lets the next one in", async () => {
    const tenant = await makeTenant();
    const importId = await upload(tenant, zip());
    await asOwner("update roster_import set attempt = 5 where id = $1", [importId]);
    await roster({ districtId: tenant.districtId, importId, step: "check" });
    expect(await importRow(importId)).toMatchObject({ status: "failed", failure: "cut-off", file_id: null });
    expect(await checked(tenant, zip())).toMatchObject({ status: "ready" });
  });
});

describe("wrong permission", () => {
  it("refuses who doesn't manage the district", async () => {
    const tenant = await makeTenant();
    const clerk = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments"] });
    const refused = { kind: "forbidden" };
    await expect(
      startImport(clerk.doors, { name: "r.zip", bytes: null, source: Readable.from([zip()]) }),
    ).rejects.toMatchObject(refused);
    const importId = await upload(tenant, zip());
    await expect(checkAs(clerk.actor, importId)).rejects.toMatchObject(refused);
    await expect(discardImport(clerk.doors, { importId })).rejects.toMatchObject(refused);
    await expect(clerk.doors.district((tx) => listImports(tx, clerk.actor, { page: 1 }))).rejects.toMatchObject(
      refused,
    );
  });
});

describe("other district", () => {
  it("isn't there", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    const { id } = await checked(one, zip());
    const { doors, actor } = other.admin;
    expect(await checkAs(actor, id)).toBe("gone");
    await expect(discardImport(doors, { importId: id })).rejects.toMatchObject({ kind: "not-there" });
    await expect(doors.district((tx) => getImport(tx, actor, id))).rejects.toMatchObject({ kind: "not-there" });
    await expect(doors.district((tx) => listProblems(tx, actor, { importId: id }))).rejects.toMatchObject({
      kind: "not-there",
    });
    expect(
      await doors.district((tx) => listImportRows(tx, actor, { importId: id, section: "added", page: 1 })),
    ).toEqual([]);
    expect(await doors.district((tx) => findOpenImport(tx, actor))).toBeNull();
  });
});

describe("wrong state", () => {
  it("doesn't check what is decided, and discards once", async () => {
    const tenant = await makeTenant();
    const { id } = await checked(tenant, zip());
    await discardImport(tenant.admin.doors, { importId: id });
    expect(await checkAs(tenant.admin.actor, id)).toBe("gone");
    await expect(discardImport(tenant.admin.doors, { importId: id })).rejects.toMatchObject({ kind: "roster-decided" });
    await expect(discardImport(tenant.admin.doors, { importId: nobodysId() })).rejects.toMatchObject({
      kind: "not-there",
    });
    expect(await asOwner("select 1 from roster_row where district_id = $1", [tenant.districtId])).toEqual([]);
    expect(await asOwner("select 1 from stored_file where district_id = $1", [tenant.districtId])).toEqual([]);
  });
});

describe("bad input", () => {
  const refusedFor = async (tenant: Tenant, source: Iterable<Uint8Array>, bytes: number | null = null) =>
    startImport(tenant.admin.doors, { name: "r.zip", bytes, source: Readable.from(source) });

  it("refuses at once what is no zip, empty, cut, or too large, and keeps nothing of it", async () => {
    const tenant = await makeTenant();
    const refused = (reason: string) => ({ kind: "roster-refused", data: { reason } });
    await expect(refusedFor(tenant, [Buffer.from("sourcedId,status\n")])).rejects.toMatchObject(refused("type"));
    await expect(refusedFor(tenant, [])).rejects.toMatchObject(refused("empty"));
    await expect(refusedFor(tenant, [zip().subarray(0, 50)], 5_000)).rejects.toMatchObject(refused("truncated"));
    await expect(refusedFor(tenant, [zip()], 2_000_000_000)).rejects.toMatchObject(refused("tooLarge"));
    function* large() {
      yield zip();
      for (let sent = 0; sent <= largestBundle; sent += 8_000_000) yield Buffer.alloc(8_000_000);
    }
    await expect(refusedFor(tenant, large())).rejects.toMatchObject(refused("tooLarge"));
    expect(await asOwner("select 1 from roster_import where district_id = $1", [tenant.districtId])).toEqual([]);
    expect(await asOwner("select 1 from stored_file where district_id = $1", [tenant.districtId])).toEqual([]);
  });

  it("fails with a sentence when the bundle can't be read, and lets the next one in", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zip(30));
    const before = await studentsOf(tenant);
    const { id, status } = await checked(tenant, zipOf({ "users.csv": "a,b\n" }));
    expect(status).toBe("failed");
    const view = await tenant.admin.doors.district((tx) => getImport(tx, tenant.admin.actor, id));
    expect(view.failure).toContain("no manifest.csv");
    expect(await studentsOf(tenant)).toEqual(before);
    expect(await checked(tenant, zip(30))).toMatchObject({ status: "ready", unchanged: 30 });
  });

  it("takes no number from one student and gives it to a child of another name and birth date", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zip(30));
    const next = people(30);
    Object.assign(next[3] as Person, { given: "Somebody", family: "Else", born: "2014-01-01" });
    const { id, ...row } = await checked(tenant, zipOf(bundleFiles(next)));
    expect(row).toMatchObject({ status: "ready", changed: 0, leaving: 0, error_count: 1 });
    const { doors, actor } = tenant.admin;
    const { problems } = await doors.district((tx) => listProblems(tx, actor, { importId: id }));
    expect(problems).toMatchObject([
      { file: "users.csv", line: 5, reason: expect.stringContaining("name and birth date both differ") },
    ]);
  });

  it("gives no student another's SIS ID or state ID with a delta", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zip(30));
    const delta = [
      { id: "new", sis: "101", status: "active" },
      { id: "newer", sis: "999", state: "TX2", status: "active" },
    ];
    const { id, ...row } = await checked(tenant, zipOf(bundleFiles(delta, "delta")));
    expect(row).toMatchObject({ added: 0, error_count: 2 });
    const { problems } = await tenant.admin.doors.district((tx) =>
      listProblems(tx, tenant.admin.actor, { importId: id }),
    );
    expect(problems.map((one) => one.column)).toEqual(["identifier", "userIds"]);
  });

  it("holds where rows don't say whose they are", async () => {
    const tenant = await makeTenant();
    await applied(tenant, zip(40));
    const next = people(40);
    (next[9] as Person).id = "";
    expect(await checked(tenant, zipOf(bundleFiles(next)))).toMatchObject({ status: "held", leaving: 1 });
  });
});

describe("two at once", () => {
  it("lets one import in", async () => {
    const tenant = await makeTenant();
    const tries = await Promise.allSettled([1, 2, 3].map(() => upload(tenant, zip())));
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ kind: "roster-busy" });
    expect(await asOwner("select 1 from stored_file where district_id = $1", [tenant.districtId])).toHaveLength(1);
  });

  it("ends well when two workers check the same", async () => {
    const tenant = await makeTenant();
    const importId = await upload(tenant, zip(20));
    const job = { districtId: tenant.districtId, importId, step: "check" as const };
    await Promise.allSettled([roster(job), roster(job)]);
    expect(await importRow(importId)).toMatchObject({ status: "ready", added: 20 });
    expect(await asOwner("select 1 from roster_row where import_id = $1", [importId])).toHaveLength(20);
  });

  it("writes no more once it was discarded", async () => {
    const tenant = await makeTenant();
    const importId = await upload(tenant, zip(20));
    const checking = roster({ districtId: tenant.districtId, importId, step: "check" });
    await discardImport(tenant.admin.doors, { importId });
    await checking;
    expect(await importRow(importId)).toMatchObject({ status: "discarded" });
    expect(await asOwner("select 1 from roster_row where import_id = $1", [importId])).toEqual([]);
  });
});
