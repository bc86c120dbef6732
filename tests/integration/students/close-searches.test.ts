import { expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import type { Actor } from "@/lib/policy";
import { closeStudentSearches } from "@/lib/students/close-searches";
import { parseStudentFilter } from "@/lib/students/student-filter";
import { asOwner, makeMember, makeTenant } from "../../support/make-tenant";

const tenant = await makeTenant();
const { districtId } = tenant;
const close = (actor: Actor, q: string, statementTimeout = "0") =>
  withDistrict(actor, async (tx) => {
    await tx.$queryRaw`select set_config('statement_timeout', ${statementTimeout}, true)`;
    return closeStudentSearches(tx, actor, parseStudentFilter({ q }));
  });

test("of many words the first three are looked up", async () => {
  await asOwner(
    "insert into student (district_id, sis_id, given_name, family_name) values ($1, 'x1', 'Quentin Rosalind', 'Thackeray Umberfield')",
    [districtId],
  );
  expect(await close(tenant.admin.actor, "quentin rosalind thackerai")).toEqual(["quentin rosalind thackeray"]);
  expect(await close(tenant.admin.actor, "quentin rosalind thackeray umberfeld")).toEqual([]);
});

test("who doesn't see all students is offered none, though it be of their own", async () => {
  const staff = await makeMember(tenant);
  await asOwner(
    `insert into "case" (district_id, number, student_id) select district_id, 'C-1', id from student where district_id = $1 and sis_id = 'x1'`,
    [districtId],
  );
  await asOwner(
    `insert into case_assignment (district_id, case_id, membership_id) select district_id, id, $2 from "case" where district_id = $1`,
    [districtId, staff.membershipId],
  );
  expect(await close(staff.actor, "umberfeld")).toEqual([]);
  expect(await close(tenant.admin.actor, "umberfeld")).toEqual(["umberfield"]);
});

test("words that resemble all of 60,000 students cost little", async () => {
  await asOwner(
    `insert into student (district_id, sis_id, given_name, family_name)
     select $1, 's' || i, 'Alexand' || chr(97 + i % 26) || chr(97 + i / 26 % 26), 'Gonzal' || chr(97 + i % 26) || chr(97 + i / 7 % 26) || chr(97 + i / 676 % 26) from generate_series(1, 60000) i`,
    [districtId],
  );
  await asOwner("analyze student");
  const six = "gonzalqqq alexandqqq gonzalzzq alexandzzq gonzalxxq alexandxxq";
  await expect(close(tenant.admin.actor, six, "1500")).resolves.toEqual([]);
  expect((await close(tenant.admin.actor, "gonzalqqq", "1500")).length).toBeGreaterThan(0);
}, 60_000);
