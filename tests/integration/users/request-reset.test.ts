import { describe, expect, test } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { requestReset } from "@/lib/users/request-reset";
import { asOwner, auditActions, makeMember, makeTenant } from "../../support/make-tenant";

let address = 0;
const ask = (email: string, ip: string | null = `198.51.100.${++address % 250}`) =>
  requestReset(systemSignIn, { email, ip });
type Job = { event: string; districtId: string; membershipId: string; key: string };
const jobs = async (membershipId?: string) =>
  (
    await asOwner<{ data: Job }>(
      "select data from pgboss.job where name = 'notify' and data ->> 'event' = 'password-reset' and ($1::text is null or data ->> 'membershipId' = $1)",
      [membershipId ?? null],
    )
  ).map((job) => job.data);

describe("succeeds", () => {
  test("one mail, whatever number of districts, in any capitals; the job holds ids alone", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    const place = await makeMember(two, { email: member.email });
    await ask(` ${member.email.toUpperCase()} `);
    expect(await jobs(place.membershipId)).toEqual([]);
    const [job] = await jobs(member.membershipId);
    expect(job).toMatchObject({ event: "password-reset", districtId: one.districtId });
    expect(Object.keys(job ?? {}).sort()).toEqual(["districtId", "event", "key", "membershipId"]);
    expect(JSON.stringify(job)).not.toContain(member.email);
    // Asking changes nothing: no password, no session, no log.
    expect(await auditActions(one.districtId)).toEqual([]);
  });
});

describe("wrong permission", () => {
  test("an unknown address gets the same answer and the same job, about nobody", async () => {
    const before = (await jobs()).map((job) => job.key);
    await expect(ask("nobody@example.com")).resolves.toBeUndefined();
    const made = (await jobs()).filter((job) => !before.includes(job.key));
    expect(made).toHaveLength(1);
    expect(await asOwner("select from membership where id = any ($1)", [made.map((job) => job.membershipId)])).toEqual(
      [],
    );
  });
});

describe("wrong state", () => {
  test("who is invited or disabled gets none", async () => {
    const tenant = await makeTenant();
    const invited = await makeMember(tenant, { joined: false, password: false });
    const disabled = await makeMember(tenant);
    await asOwner("update membership set disabled_at = now() where id = $1", [disabled.membershipId]);
    for (const member of [invited, disabled]) {
      await ask(member.email);
      expect(await jobs(member.membershipId)).toEqual([]);
    }
  });

  test("three for an address in an hour, then silence; the next hour again", async () => {
    const { admin } = await makeTenant();
    for (let i = 0; i < 6; i++) await ask(admin.email);
    expect(await jobs(admin.membershipId)).toHaveLength(3);
    await asOwner("update attempt set since = now() - interval '61 minutes'");
    await ask(admin.email);
    expect(await jobs(admin.membershipId)).toHaveLength(4);
  });

  test("thirty from one caller in an hour, whomever they ask about", async () => {
    for (let i = 0; i < 30; i++) await ask(`somebody-${i}@example.com`, "203.0.113.9");
    await expect(ask("one-more@example.com", "203.0.113.9")).rejects.toMatchObject({ kind: "locked-out" });
    await expect(ask("one-more@example.com", "203.0.113.10")).resolves.toBeUndefined();
  });
});

describe("other district", () => {
  test("the mail goes by a district where the address is theirs", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const member = await makeMember(one);
    const place = await makeMember(two, { email: member.email });
    await asOwner("update membership set email = 'elsewhere@example.com' where id = $1", [member.membershipId]);
    await ask(member.email);
    expect(await jobs(member.membershipId)).toEqual([]);
    expect(await jobs(place.membershipId)).toHaveLength(1);
  });
});

describe("bad input", () => {
  test.each(["", "x".repeat(10_000), "' or 1=1 --", "%@%"])("%j is nobody", async (email) => {
    await expect(ask(email)).resolves.toBeUndefined();
  });
});

describe("two at once", () => {
  test("of twenty parallel ones three go out", async () => {
    const { admin } = await makeTenant();
    await Promise.all(Array.from({ length: 20 }, () => ask(admin.email)));
    expect(await jobs(admin.membershipId)).toHaveLength(3);
  });
});
