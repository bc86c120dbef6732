import { describe, expect, test } from "vitest";
import { type Coordinator, getSettings } from "@/lib/districts/get-settings";
import { saveCoordinator } from "@/lib/districts/save-coordinator";
import { saveSettings } from "@/lib/districts/save-settings";
import { auditActions, type Member, makeMember, makeTenant } from "../../support/make-tenant";

const cora: Coordinator = {
  name: "Cora Dean",
  title: "Records",
  email: "cora@example.com",
  phone: "555-0100",
  shown: true,
};
const save = (by: Member, timeZone: string, expiryDays: number) =>
  by.doors.district((tx) => saveSettings(tx, by.actor, { timeZone, expiryDays }));
const saveContact = (by: Member, contact: Coordinator) =>
  by.doors.district((tx) => saveCoordinator(tx, by.actor, contact));
const get = (by: Member) => by.doors.district((tx) => getSettings(tx, by.actor));

describe("succeeds", () => {
  test("time zone, days until expiry, coordinator; each written down, no name in the log", async () => {
    const tenant = await makeTenant();
    await save(tenant.admin, "America/New_York", 30);
    await saveContact(tenant.admin, cora);
    expect(await get(tenant.admin)).toMatchObject({
      timeZone: "America/New_York",
      expiryDays: 30,
      coordinator: cora,
      switchChanged: null,
    });
    expect(await auditActions(tenant.districtId)).toEqual(["district.settings", "district.coordinator"]);
  });

  test("a contact that isn't shown may be empty", async () => {
    const { admin } = await makeTenant();
    const empty = { name: null, title: null, email: null, phone: null, shown: false };
    await saveContact(admin, empty);
    expect((await get(admin)).coordinator).toEqual(empty);
  });
});

describe("wrong permission", () => {
  test("is refused", async () => {
    const tenant = await makeTenant();
    const manager = await makeMember(tenant, { permissions: ["manageCases", "manageDocuments", "purge"] });
    await expect(save(manager, "America/New_York", 3)).rejects.toThrow("forbidden");
    await expect(saveContact(manager, cora)).rejects.toThrow("forbidden");
  });
});

describe("other district", () => {
  test("keeps its own", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    await save(here.admin, "Pacific/Guam", 1);
    await saveContact(here.admin, cora);
    expect(await get(there.admin)).toMatchObject({
      timeZone: "America/Chicago",
      expiryDays: 14,
      coordinator: { name: null },
    });
  });
});

describe("bad input", () => {
  test.each([0, 91, 1.5, -1, Number.NaN])("%d days", async (days) => {
    const { admin } = await makeTenant();
    await expect(save(admin, "America/Chicago", days)).rejects.toMatchObject({
      kind: "bad-value",
      data: { field: "expiryDays" },
    });
  });

  test.each(["Europe/Berlin", "", "constructor", "America/Chicago; drop"])("time zone %j", async (zone) => {
    const { admin } = await makeTenant();
    await expect(save(admin, zone, 14)).rejects.toMatchObject({ kind: "bad-value", data: { field: "timeZone" } });
  });

  test("a contact that's shown needs a name and a way to reach the person", async () => {
    const { admin } = await makeTenant();
    await expect(saveContact(admin, { ...cora, name: null })).rejects.toMatchObject({
      kind: "contact-missing",
      data: { field: "name" },
    });
    await expect(saveContact(admin, { ...cora, email: null, phone: null })).rejects.toMatchObject({
      data: { field: "phone" },
    });
  });
});

describe("two at once", () => {
  test("the later one stands, whole", async () => {
    const { admin } = await makeTenant();
    await Promise.all([save(admin, "America/New_York", 20), save(admin, "America/Denver", 40)]);
    expect([
      ["America/New_York", 20],
      ["America/Denver", 40],
    ]).toContainEqual([(await get(admin)).timeZone, (await get(admin)).expiryDays]);
  });
});
