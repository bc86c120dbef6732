import { describe, expect, test } from "vitest";
import { addBuilding } from "@/lib/districts/add-building";
import { renameBuilding } from "@/lib/districts/rename-building";
import { refillCases } from "@/lib/jobs/refill-cases";
import { asOwner, makeTenant } from "../../support/make-tenant";

/** A building with so many cases, all of one student. */
async function makeBuilding(cases: number) {
  const tenant = await makeTenant();
  const { admin, districtId } = tenant;
  const id = await admin.doors.district((tx) => addBuilding(tx, admin.actor, { name: "Northside" }));
  await asOwner(
    `with s as (insert into student (district_id, sis_id, given_name, family_name) values ($1, '1', 'Ana', 'Bell') returning id)
     insert into "case" (district_id, number, student_id, building_id) select $1, 'N-' || i, s.id, $2 from s, generate_series(1, $3::int) i`,
    [districtId, id, cases],
  );
  const rename = (name: string) => admin.doors.district((tx) => renameBuilding(tx, admin.actor, { id, name }));
  const found = async (word: string) => {
    const rows = await asOwner<{ count: number }>(
      `select count(*)::int from "case" where district_id = $1 and search like '%' || $2 || '%'`,
      [districtId, word],
    );
    return rows[0]?.count;
  };
  return { rename, found };
}

describe("succeeds", () => {
  test("thousands of cases get their new words from the worker, once, however many workers there are", async () => {
    const { rename, found } = await makeBuilding(4_500);
    await rename("Southgate");
    expect(await found("southgate")).toBe(0);
    const filled = await Promise.all([refillCases(), refillCases()]);
    expect(filled[0] + filled[1]).toBe(4_500);
    expect([await found("southgate"), await found("northside")]).toEqual([4_500, 0]);
    expect(await refillCases()).toBe(0);
  });

  test("some cases have theirs at once", async () => {
    const { rename, found } = await makeBuilding(3);
    await rename("Southgate");
    expect(await found("southgate")).toBe(3);
    expect(await refillCases()).toBe(0);
  });
});
