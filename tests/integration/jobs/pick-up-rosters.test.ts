import { mkdir, mkdtemp, readdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setEnv } from "@/lib/env";
import { notify } from "@/lib/jobs/notify";
import { pickUpRosters } from "@/lib/jobs/pick-up-rosters";
import { roster } from "@/lib/jobs/roster";
import { settleRosters } from "@/lib/jobs/settle-rosters";
import { openBoss } from "@/lib/jobs/worker";
import type { Jobs } from "@/lib/outbox";
import { asOwner, makeMember, makeTenant, type Tenant } from "../../support/make-tenant";
import { bundleFiles, importRow, type Person, studentsOf, upload, zipOf } from "../roster/bundles";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "baton-rosters-"));
  setEnv({ ROSTER_DIR: root });
});
afterAll(() => setEnv({ ROSTER_DIR: "" }));

const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${i}`, sis: `${100 + i}` }));

async function put(tenant: Tenant, name: string, zip: Buffer): Promise<string> {
  const folder = join(root, tenant.slug);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), zip);
  return folder;
}

/** Does what the queue holds for a district's imports. */
async function work(tenant: Tenant): Promise<void> {
  for (;;) {
    const [open] = await asOwner<{ id: string; status: string }>(
      "select id, status from roster_import where district_id = $1 and status in ('checking', 'applying')",
      [tenant.districtId],
    );
    if (!open) return;
    await roster({
      districtId: tenant.districtId,
      importId: open.id,
      step: open.status === "checking" ? "check" : "apply",
    });
  }
}

const imports = (tenant: Tenant) =>
  asOwner<{ status: string; file_name: string }>(
    "select status, file_name from roster_import where district_id = $1 order by uploaded_at",
    [tenant.districtId],
  );
const look = async () => {
  await pickUpRosters();
  await pickUpRosters();
};

describe("succeeds", () => {
  it("takes a file that doesn't grow any more, applies it, and moves it to done", async () => {
    const tenant = await makeTenant();
    const folder = await put(tenant, "night.zip", zipOf(bundleFiles(people(3))));
    expect(await pickUpRosters()).toBe(0);
    expect(await pickUpRosters()).toBe(1);
    await work(tenant);
    expect(await imports(tenant)).toEqual([{ status: "applied", file_name: "night.zip" }]);
    expect(await studentsOf(tenant)).toHaveLength(3);
    await pickUpRosters();
    expect(await readdir(folder)).toEqual(["done"]);
    expect((await readdir(join(folder, "done")))[0]).toMatch(/-night\.zip$/);
  });

  it("waits while a file grows", async () => {
    const tenant = await makeTenant();
    const zip = zipOf(bundleFiles(people(3)));
    await put(tenant, "night.zip", zip.subarray(0, 100));
    await pickUpRosters();
    await put(tenant, "night.zip", zip);
    expect(await pickUpRosters()).toBe(0);
    expect(await pickUpRosters()).toBe(1);
  });

  it("leaves one with bad rows, or a held one, to a person, until a newer file comes", async () => {
    const tenant = await makeTenant();
    await put(tenant, "1.zip", zipOf(bundleFiles([...people(40), { id: "x", given: "" }])));
    await look();
    await work(tenant);
    expect(await imports(tenant)).toMatchObject([{ status: "ready" }]);
    expect(await studentsOf(tenant)).toEqual([]);
    await put(tenant, "2.zip", zipOf(bundleFiles(people(40))));
    await look();
    await work(tenant);
    expect(await imports(tenant)).toMatchObject([{ status: "discarded" }, { status: "applied" }]);
    await put(tenant, "3.zip", zipOf(bundleFiles(people(30))));
    await look();
    await work(tenant);
    expect((await imports(tenant))[2]).toMatchObject({ status: "held" });
    expect((await studentsOf(tenant)).every((one) => one.active)).toBe(true);
  });
});

describe("tells the district's admins by e-mail", () => {
  const jobsOf = async (tenant: Tenant) =>
    (
      await asOwner<{ data: Jobs["notify"] }>(
        "select data from pgboss.job where name = 'notify' and data ->> 'districtId' = $1 order by created_on",
        [tenant.districtId],
      )
    ).map((row) => row.data);
  /** Does the jobs, each twice as after a crash, and gives the mails. */
  async function mailsOf(tenant: Tenant): Promise<{ event: string; to_address: string; link: string | null }[]> {
    const boss = await openBoss().start();
    for (const job of [...(await jobsOf(tenant)), ...(await jobsOf(tenant))]) await notify(boss, job);
    await boss.stop({ graceful: false });
    return asOwner("select event, to_address, link from mail where district_id = $1 order by created_at, to_address", [
      tenant.districtId,
    ]);
  }

  it("of one that is held, or has bad rows; nobody else, and once", async () => {
    const tenant = await makeTenant();
    await makeMember(tenant, { permissions: ["manageCases", "manageDocuments"] });
    await makeMember(tenant, { permissions: ["manageDistrict"], joined: false });
    await put(tenant, "1.zip", zipOf(bundleFiles(people(40))));
    await look();
    await work(tenant);
    expect(await jobsOf(tenant)).toEqual([]);
    await put(tenant, "2.zip", zipOf(bundleFiles(people(30))));
    await look();
    await work(tenant);
    const [, held] = await asOwner<{ id: string; status: string }>(
      "select id, status from roster_import where district_id = $1 order by uploaded_at",
      [tenant.districtId],
    );
    expect(held?.status).toBe("held");
    await roster({ districtId: tenant.districtId, importId: held?.id ?? "", step: "check" });
    expect(await mailsOf(tenant)).toEqual([
      {
        event: "roster-waits",
        to_address: tenant.admin.email,
        link: `/d/${tenant.slug}/admin/roster/${held?.id}`,
      },
    ]);
  });

  it("not of one that no longer waits, nor of an upload", async () => {
    const tenant = await makeTenant();
    await put(tenant, "1.zip", zipOf(bundleFiles([...people(40), { id: "x", given: "" }])));
    await look();
    await work(tenant);
    expect(await jobsOf(tenant)).toHaveLength(1);
    await asOwner("update roster_import set status = 'discarded' where district_id = $1", [tenant.districtId]);
    expect(await mailsOf(tenant)).toEqual([]);
    const other = await makeTenant();
    await upload(other, zipOf(bundleFiles([{ id: "x", given: "" }])));
    await work(other);
    expect(await jobsOf(other)).toEqual([]);
  });

  it("of one that failed, and of a file that could not be taken at all", async () => {
    const tenant = await makeTenant();
    await put(tenant, "broken.zip", zipOf({ "users.csv": "x\n" }));
    await look();
    await work(tenant);
    await pickUpRosters();
    await put(tenant, "text.zip", Buffer.from("no zip at all"));
    await look();
    const failed = await asOwner<{ id: string; failure: string }>(
      "select id, failure from roster_import where district_id = $1 order by uploaded_at",
      [tenant.districtId],
    );
    // Each mail leads to where its reason stands.
    expect(failed.map((one) => one.failure)).toEqual(["manifest-missing", "not-a-zip"]);
    const mails = await mailsOf(tenant);
    expect(mails.map((mail) => mail.link).sort()).toEqual(
      failed.map((one) => `/d/${tenant.slug}/admin/roster/${one.id}`).sort(),
    );
    for (const mail of mails) expect(mail).toMatchObject({ event: "roster-failed", to_address: tenant.admin.email });
  });
});

describe("bad input", () => {
  it("moves what can't be read to failed, with the reason in the history", async () => {
    const tenant = await makeTenant();
    const folder = await put(tenant, "broken.zip", zipOf({ "users.csv": "x\n" }));
    await put(tenant, "text.zip", Buffer.from("no zip at all"));
    for (let i = 0; i < 4; i++) {
      await pickUpRosters();
      await work(tenant);
    }
    const failed = await imports(tenant);
    expect(failed.map((one) => [one.file_name, one.status]).sort()).toEqual([
      ["broken.zip", "failed"],
      ["text.zip", "failed"],
    ]);
    const why = await asOwner("select failure from roster_import where district_id = $1 order by file_name", [
      tenant.districtId,
    ]);
    expect(why).toEqual([{ failure: "manifest-missing" }, { failure: "not-a-zip" }]);
    expect((await readdir(join(folder, "failed"))).map((name) => name.replace(/^\w+-/, "")).sort()).toEqual([
      "broken.zip",
      "text.zip",
    ]);
  });

  it("follows no link, and leaves folders alone that are no district's", async () => {
    const tenant = await makeTenant();
    const folder = await put(tenant, ".hidden.zip", Buffer.from("x"));
    await symlink("/etc/hostname", join(folder, "link.zip"));
    await mkdir(join(root, "nobody"), { recursive: true });
    await writeFile(join(root, "nobody", "a.zip"), "x");
    await look();
    expect(await imports(tenant)).toEqual([]);
  });
});

describe("two at once", () => {
  it("takes a file once, and makes room for nobody's upload", async () => {
    const tenant = await makeTenant();
    await put(tenant, "night.zip", zipOf(bundleFiles(people(3))));
    await pickUpRosters();
    await Promise.all([pickUpRosters(), pickUpRosters(), pickUpRosters()]);
    expect(await imports(tenant)).toHaveLength(1);
    const other = await makeTenant();
    await upload(other, zipOf(bundleFiles(people(2))));
    await put(other, "night.zip", zipOf(bundleFiles(people(3))));
    await look();
    expect(await imports(other)).toMatchObject([{ file_name: "roster.zip" }]);
  });
});

describe("killed", () => {
  it("enqueues anew what a worker left half done", async () => {
    const boss = await openBoss().start();
    const tenant = await makeTenant();
    const importId = await upload(tenant, zipOf(bundleFiles(people(2))));
    await asOwner("update roster_import set begun_at = now() - interval '1 hour' where id = $1", [importId]);
    expect(await settleRosters(boss)).toBe(0);
    await asOwner("delete from pgboss.job where name = 'roster' and data ->> 'importId' = $1", [importId]);
    expect(await settleRosters(boss)).toBe(1);
    expect(await settleRosters(boss)).toBe(0);
    await roster({ districtId: tenant.districtId, importId, step: "check" });
    expect((await importRow(importId)).status).toBe("ready");
    await boss.stop({ graceful: false });
  });
});
