import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectFine, onPhone } from "../support/checks";
import { addStudent, newFamily } from "../support/post-form";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";

const list = (district: string) => `/d/${district}/admin/requests/record-requests`;

/** A student of Lakeview's of a name that nobody else has, with a document. */
async function addWithDocument(page: Page): Promise<{ given: string; family: string }> {
  const family = newFamily();
  const student = await addStudent(page, "lakeview", family, `E-${family}`);
  await page.goto(`${student}/upload`);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "IEP 2026.txt", mimeType: "text/plain", buffer: Buffer.from("goals and services") });
  await page.getByRole("button", { name: /^Upload/ }).click();
  await expect(page.getByRole("link", { name: "IEP 2026" })).toBeVisible();
  return { given: "Imani", family };
}

/** Fills in the form and sends it; gives the reference. */
async function ask(page: Page, who: { given: string; family: string }, script = true): Promise<string> {
  await page.goto(`${list("riverbend")}/new`);
  await page.getByLabel("First name").fill(who.given);
  await page.getByLabel("Last name").fill(who.family);
  await page.getByLabel("Birth date").fill("2012-05-02");
  await page.getByRole("checkbox", { name: "IEP" }).check();
  await page.getByLabel("SIS Student ID").fill("7300210");
  await page.getByLabel("Message").fill("The meeting is on Wednesday.");
  await page.getByLabel("District that has the records").fill("lakeview.example");
  if (!script) await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("radio", { name: /Lakeview ISD/ }).check();
  if (!script) await expect(page.getByLabel("Last name")).toHaveValue(who.family);
  await page.getByRole("button", { name: "Request records" }).click();
  // By the demo's roster this ID is somebody else's.
  await page.getByRole("checkbox", { name: /^It’s the same person/ }).check();
  await page.getByRole("button", { name: "Request records" }).click();
  await expect(page).toHaveURL(/result=asked/);
  const heading = await page.getByRole("heading", { level: 1 }).innerText();
  return /R-\d{4}-\d{6}/.exec(heading)?.[0] ?? "";
}

async function open(page: Page, district: string, side: "in" | "out", reference: string): Promise<void> {
  await page.goto(`${list(district)}?${side}-q=${reference}`);
  await page.getByRole("link", { name: reference, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(reference);
}

/** Waits until the mailbox has a mail to this address with this in its subject. */
async function expectMail(page: Page, to: string, subject: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/mailbox?to=${encodeURIComponent(to)}`);
    await expect(page.getByRole("link", { name: subject }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

test("Riverbend asks, Lakeview answers with one click, and the transfer comes up filled in", async ({ browser }) => {
  const holder = await atDesk(browser, "clerk", "lakeview");
  const asker = await atDesk(browser, "clerk", "riverbend");
  const student = await addWithDocument(holder);
  const reference = await ask(asker, student);
  await expect(asker.getByText("The request is on its way.")).toBeVisible();
  await expectMail(holder, "clerk@lakeview.example", `${reference}: Riverbend USD asks for records`);
  await expectMail(holder, "transfers@lakeview.example", `${reference}: Riverbend USD asks for records`);

  await open(holder, "lakeview", "in", reference);
  await expectAccessible(holder);
  await expect(holder.getByText("The meeting is on Wednesday.")).toBeVisible();
  await expect(holder.getByRole("checkbox", { name: /IEP 2026/ })).toBeChecked();
  await holder.getByRole("button", { name: "Transfer documents" }).click();
  await expect(holder).toHaveURL(/\/share\/[0-9a-f-]{36}$/);
  await expect(holder.getByLabel("SIS Student ID")).toHaveValue("7300210");
  await expect(holder.getByLabel("Owner Email or Username")).toHaveValue("clerk@riverbend.example");
  await expect(holder.getByText("Riverbend USD").first()).toBeVisible();
  await holder.getByRole("button", { name: "Transfer Document" }).click();
  await expect(holder).toHaveURL(/\/sent/);

  await asker.goto(`${list("riverbend")}?out-q=${reference}`);
  await expect(asker.getByRole("row").filter({ hasText: reference })).toContainText("Answered");
  await expectMail(asker, "clerk@riverbend.example", `${reference}: answered by Lakeview ISD`);
});

test("declining asks for a reason, which the asker reads", async ({ browser }) => {
  const holder = await atDesk(browser, "clerk", "lakeview");
  const asker = await atDesk(browser, "clerk", "riverbend");
  const reference = await ask(asker, { given: "Nobody", family: newFamily() });
  await open(holder, "lakeview", "in", reference);
  await expect(holder.getByText("Nobody on your roster matches this name and birth date.")).toBeVisible();
  await holder.getByRole("link", { name: "Decline" }).click();
  await expect(holder.getByRole("link", { name: "Keep it" })).toBeFocused();
  await holder.getByRole("button", { name: "Decline request" }).click();
  await expect(holder.getByText("Say why: the other district reads it.").first()).toBeVisible();
  await holder.getByLabel("Reason").fill("Never enrolled here");
  await holder.getByRole("button", { name: "Decline request" }).click();
  await expect(holder.getByText("The request is declined.")).toBeVisible();
  await asker.goto(`${list("riverbend")}?out-q=${reference}`);
  await expect(asker.getByRole("row").filter({ hasText: reference })).toContainText("“Never enrolled here”");
  await expectMail(asker, "clerk@riverbend.example", `${reference}: declined by Lakeview ISD`);
});

test("without script it asks and withdraws", async ({ browser }) => {
  const asker = await atDesk(browser, "clerk", "riverbend", { javaScriptEnabled: false });
  const reference = await ask(asker, { given: "Nobody", family: newFamily() }, false);
  await asker.getByRole("link", { name: "Withdraw" }).click();
  await asker.getByRole("button", { name: "Withdraw request" }).click();
  await expect(asker.getByText("The request is withdrawn.")).toBeVisible();
  const holder = await atDesk(browser, "clerk", "lakeview");
  await open(holder, "lakeview", "in", reference);
  await expect(holder.getByText("Withdrawn: whom it was about is no longer shown.")).toBeVisible();
});

test("a request for cases opens the transfer dialog with the asking district ticked", async ({ browser }) => {
  const asker = await atDesk(browser, "manager", "riverbend");
  const holder = await atDesk(browser, "manager", "lakeview");
  // The demo's open request for cases: its student has one at Lakeview.
  await holder.goto(`${list("lakeview")}?in-status=open`);
  await holder
    .getByRole("link", { name: /^Answer R-/ })
    .first()
    .click();
  await holder
    .getByRole("button", { name: /^Transfer (1 case|cases)$/ })
    .first()
    .click();
  await expect(holder.getByRole("heading", { name: "Transfer to District" })).toBeVisible();
  await expect(holder.getByText("Riverbend USD, CA")).toBeVisible();
  await expect(holder.getByText(/Record request R-\d{4}-\d{6} stands behind this transfer/)).toBeVisible();
  await asker.close();
});

test("its pages are accessible and fit, on the narrowest phone as at a desk", async ({ browser }) => {
  const asker = await atDesk(browser, "admin", "riverbend", onPhone);
  for (const path of [
    list("riverbend"),
    `${list("riverbend")}/new`,
    "/d/riverbend/admin/settings",
    "/d/riverbend/admin/settings/calendar",
  ]) {
    await asker.goto(path);
    await expectFine(asker);
  }
});

test("days without school are added, named where they overlap, and removed after a question", async ({ browser }) => {
  const admin = await atDesk(browser, "admin", "riverbend", onPhone);
  await admin.goto("/d/riverbend/admin/settings/calendar");
  const add = async (name: string, from: string, to: string) => {
    await admin.getByLabel("Name").fill(name);
    await admin.getByLabel("First day without school").fill(from);
    await admin.getByLabel("Last day without school").fill(to);
    await admin.getByRole("button", { name: "Add days" }).click();
  };
  await add("Snow days", "2031-01-06", "2031-01-08");
  await expect(admin.getByText("“Snow days” (Jan 6, 2031, to Jan 8, 2031) added.")).toBeVisible();
  await add("Staff day", "2031-01-08", "");
  await expect(admin.getByText("It overlaps with “Snow days”.")).toBeVisible();
  await add("Another name", "2031-01-08", "");
  await expect(admin.getByRole("link", { name: /exactly these days/ })).toBeVisible();
  for (const name of ["Snow days", "Staff day"]) {
    await admin.getByRole("link", { name: `Remove ${name}` }).click();
    await expect(admin.getByRole("dialog").getByText(`Remove “${name}”`)).toBeVisible();
    await expectFine(admin);
    await admin.getByRole("button", { name: "Remove days" }).click();
    await expect(admin.getByText(/^Days without school removed: Jan \d, 2031/)).toBeVisible();
  }
});

test("disabling document transfers is said, and asking for documents is refused", async ({ browser }) => {
  const admin = await atDesk(browser, "admin", "maple-grove");
  await admin.goto("/d/maple-grove/admin/settings");
  await admin.getByRole("switch", { name: "Disable District-to-District Transfer" }).check();
  // What waits there in the demo is said first.
  await admin.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(admin.getByText("District-to-District Transfer is disabled.")).toBeVisible();
  await admin.goto(`${list("maple-grove")}/new`);
  await expect(admin.getByText("District-to-District Transfer is disabled in your district.")).toBeVisible();
  await admin.goto("/d/maple-grove/admin/settings");
  await admin.getByRole("switch", { name: "Disable District-to-District Transfer" }).uncheck();
  await expect(admin.getByText("District-to-District Transfer is enabled.")).toBeVisible();
});
