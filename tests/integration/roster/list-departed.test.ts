import { describe, expect, it } from "vitest";
import { listDeparted } from "@/lib/roster/list-departed";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { asOwner, makeMember, makeTenant, type Tenant } from "../../support/make-tenant";
import { applied, bundleFiles, type Person, studentsOf, zipOf } from "./bundles";

const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${i}`, sis: `${100 + i}` }));

/** A district of 40 students of whom the first two leave; each has an open and a closed case. */
async function withDeparted(): Promise<{ tenant: Tenant; open: string }> {
  const tenant = await makeTenant();
  await applied(tenant, zipOf(bundleFiles(people(40))));
  const [first] = await studentsOf(tenant);
  const rows = await asOwner<{ id: string }>(
    `insert into "case" (district_id, number, student_id, status) select $1, s, $2, case s when 'a' then 'open' else 'closed' end from unnest(array['a', 'b']) s returning id`,
    [tenant.districtId, first?.id],
  );
  await applied(tenant, zipOf(bundleFiles(people(40).slice(2))));
  return { tenant, open: rows[0]?.id ?? "" };
}

describe("succeeds", () => {
  it("lists who left with an open case, whose transfer is one step away", async () => {
    const { tenant, open } = await withDeparted();
    const { doors, actor } = tenant.admin;
    const found = await doors.district((tx) => listDeparted(tx, actor, { page: 1 }));
    expect(found).toMatchObject({
      total: 1,
      students: [{ sisId: "100", building: "North High", caseIds: [open], transferred: 0 }],
    });
    expect(found.students[0]?.leftOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const caseIds = found.students[0]?.caseIds ?? [];
    await expect(doors.district((tx) => chooseCases(tx, actor, { caseIds }, ""))).resolves.toHaveProperty("dispatchId");
    await asOwner(`update "case" set status = 'closed' where id = $1`, [open]);
    expect((await doors.district((tx) => listDeparted(tx, actor, { page: 3 }))).total).toBe(0);
  });
});

describe("wrong permission", () => {
  it("is for who manages cases or the district", async () => {
    const { tenant } = await withDeparted();
    const manager = await makeMember(tenant, { permissions: ["manageCases"] });
    expect((await manager.doors.district((tx) => listDeparted(tx, manager.actor, { page: 1 }))).total).toBe(1);
    const clerk = await makeMember(tenant, { permissions: ["manageDocuments"] });
    await expect(clerk.doors.district((tx) => listDeparted(tx, clerk.actor, { page: 1 }))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("other district", () => {
  it("sees nobody", async () => {
    await withDeparted();
    const other = await makeTenant();
    expect(
      (await other.admin.doors.district((tx) => listDeparted(tx, other.admin.actor, { page: 1 }))).students,
    ).toEqual([]);
  });
});
