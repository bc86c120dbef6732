import { expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { systemJobs, systemSignIn } from "@/lib/db/system";
import { withDistrict } from "@/lib/db/tenant";
import { addCase, doors, makeWorld, type TestDistrict } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend, maple } = world;
const districts = [lakeview, riverbend, maple];
for (const district of districts) await addCase(world, district);
type Settings = { district: string | null; member: string | null; transfer: string | null; system: string | null };
const settings = () =>
  database().$queryRaw<Settings[]>`
    select nullif(current_setting('app.district_id', true), '') district, nullif(current_setting('app.membership_id', true), '') member,
      nullif(current_setting('app.transfer_id', true), '') transfer, nullif(current_setting('app.system', true), '') system`;
const nothing: Settings = { district: null, member: null, transfer: null, system: null };

test("a pooled connection carries no district, transfer or system reason over, whatever happened on it", async () => {
  const use = (i: number) => {
    const district = districts[i % 3] as TestDistrict;
    if (i % 7 === 0) return systemSignIn((tx) => tx.membership.count());
    if (i % 7 === 1) return systemJobs((tx) => tx.mail.count());
    if (i % 7 === 2) return doors(district.manager).exchange(district.id, (tx) => tx.transfer.count());
    if (i % 7 === 3) return withDistrict(district.manager, () => Promise.reject(new Error("fails"))).catch(() => 0);
    if (i % 7 === 4) return withDistrict(district.manager, (tx) => tx.$queryRaw`select 1 / 0`).catch(() => 0);
    return withDistrict(district.manager, async (tx) => {
      const seen = await tx.case.findMany({ select: { districtId: true } });
      expect(seen.map((row) => row.districtId)).toEqual([district.id]);
      return 0;
    });
  };
  const left: Promise<Settings[]>[] = [];
  await Promise.all(
    Array.from({ length: 210 }, async (_, i) => {
      await use(i);
      left.push(settings());
    }),
  );
  expect((await Promise.all(left)).flat()).toEqual(Array(210).fill(nothing));
  expect(await Promise.all(Array.from({ length: 50 }, () => database().case.count()))).toEqual(Array(50).fill(0));
  expect(await database().membership.count()).toBe(0);
});

test("transactions of several districts at once see their own rows, and write into their own", async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, i) => {
      const district = districts[i % 3] as TestDistrict;
      return withDistrict(district.manager, async (tx) => {
        await tx.building.create({ data: { districtId: district.id, name: `Building ${i}` } });
        await tx.$queryRaw`select pg_sleep(0.002)::text`;
        const seen = await tx.building.findMany({ select: { districtId: true } });
        expect(new Set(seen.map((row) => row.districtId))).toEqual(new Set([district.id]));
      });
    }),
  );
  const rows = await world.sql("select district_id, count(*)::int n from building group by 1");
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(expect.arrayContaining(districts.map((district) => ({ district_id: district.id, n: 21 }))));
});

test("an actor of one district who names another in what they write is refused, not moved", async () => {
  await expect(
    withDistrict(lakeview.manager, (tx) => tx.building.create({ data: { districtId: riverbend.id, name: "Foreign" } })),
  ).rejects.toThrow(/row-level security/);
  const foreign = await withDistrict(lakeview.manager, (tx) =>
    tx.building.updateMany({ where: { districtId: riverbend.id }, data: { name: "Mine" } }),
  );
  const found = await withDistrict(lakeview.manager, (tx) =>
    tx.building.findFirst({ where: { id: riverbend.buildingId } }),
  );
  expect([foreign.count, found]).toEqual([0, null]);
});

test("rolled back means gone, the audit with it", async () => {
  const { audit } = await import("@/lib/audit");
  const failing = withDistrict(lakeview.manager, async (tx) => {
    await tx.building.create({ data: { districtId: lakeview.id, name: "Never" } });
    audit(tx, { action: "case.read", subject: "case" });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(
    await world.sql("select from building where name = 'Never' union all select from audit where district_id = $1", [
      lakeview.id,
    ]),
  ).toEqual([]);
});
