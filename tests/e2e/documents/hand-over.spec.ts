import { type Browser, type BrowserContextOptions, expect } from "@playwright/test";
import { expectFine as check, listenForTrouble, onPhone } from "../support/checks";
import { addStudent, newFamily } from "../support/post-form";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import { chooseDistrict, giveReason, openShare, openTransfer, row, transfer, transfers, upload } from "./steps";

/** One student on both rosters, with three documents at the sender; both clerks at their desks. The sender stands at the student's page. */
async function begin(browser: Browser, options: BrowserContextOptions = {}) {
  const family = newFamily();
  const sender = await atDesk(browser, "clerk", "lakeview", options);
  const receiver = await atDesk(browser, "clerk", "riverbend", options);
  const there = await addStudent(receiver, "riverbend", family, `R-${family}`);
  const here = await addStudent(sender, "lakeview", family, `L-${family}`);
  await sender.goto(here);
  const titles = await upload(sender);
  return { family, sender, receiver, here, there, titles };
}

test("three documents go to the right student and owner", async ({ browser }) => {
  const { family, sender, receiver, there, titles } = await begin(browser);
  const trouble = [listenForTrouble(sender), listenForTrouble(receiver)];
  await openShare(sender);
  await sender.getByLabel("District", { exact: true }).fill("maple");
  await chooseDistrict(sender, "Riverbend");
  // What is left empty is said beside the field, and what was typed stays.
  await sender.getByRole("textbox", { name: "Notes" }).fill("Call me");
  await sender.getByRole("button", { name: "Transfer Document" }).click();
  await expect(sender.getByRole("link", { name: /Type the student’s ID in the other district/ })).toBeVisible();
  await expect(sender.getByRole("textbox", { name: "Notes" })).toHaveValue("Call me");
  const reference = await transfer(sender, `R-${family}`, "staff");
  await expect(sender.getByText("Delivered: 3 documents to Riverbend USD.")).toBeVisible();

  await receiver.goto(there);
  for (const title of titles) await expect(row(receiver, title)).toContainText("Marcus Bell");
  const owner = await atDesk(browser, "staff", "riverbend");
  await owner.goto(there);
  await expect(row(owner, titles[0] as string)).toBeVisible();
  await openTransfer(sender, "lakeview", "out", reference);
  await expect(sender.getByText("Baton delivered 3 documents")).toBeVisible();
  expect(trouble.flat()).toEqual([]);
});

test("with a wrong SIS Student ID they're held, and the sender reads no more; then they're linked", async ({
  browser,
}) => {
  const { family, sender, receiver, there, titles } = await begin(browser);
  await openShare(sender);
  await chooseDistrict(sender, "Riverbend");
  const reference = await transfer(sender, "999999", "nobody@riverbend.example");
  await expect(sender.getByText("Held at Riverbend USD.")).toBeVisible();
  await expect(sender.getByText(/student ID|owner|no such/i)).toHaveCount(0);

  await openTransfer(receiver, "riverbend", "in", reference);
  await receiver.getByRole("link", { name: "Link student" }).click();
  await expect(receiver.getByText(new RegExp(`Best match: ${family}`))).toBeVisible();
  await receiver.getByLabel("Another student of the roster").fill("Nakagawa");
  await expect(receiver.getByText(/found for “Nakagawa”/)).toBeVisible();
  // Whom a search found is never ticked by itself, and one of another name takes a second yes.
  await expect(receiver.getByRole("radio", { name: new RegExp(`Best match: ${family}`) })).toBeChecked();
  await receiver
    .getByRole("radio", { name: /Nakagawa/ })
    .first()
    .check();
  await receiver.getByLabel("Owner", { exact: true }).selectOption({ label: "Ellen Brooks (clerk)" });
  await receiver.getByRole("button", { name: "Link and deliver" }).click();
  await expect(receiver.getByRole("link", { name: /Tick that it’s the same person/ })).toBeVisible();
  await receiver.getByRole("radio", { name: new RegExp(family) }).check();
  await receiver.getByLabel("Owner", { exact: true }).selectOption("");
  await receiver.getByRole("button", { name: "Link and deliver" }).click();
  await expect(receiver.getByRole("link", { name: "Choose who owns the documents in your district." })).toBeVisible();
  await receiver.getByLabel("Owner", { exact: true }).selectOption({ label: "Ellen Brooks (clerk)" });
  await receiver.getByRole("button", { name: "Link and deliver" }).click();
  await expect(receiver.getByText("The documents are delivered.")).toBeVisible();
  await receiver.goto(there);
  for (const title of titles) await expect(row(receiver, title)).toBeVisible();
});

test("reported as another student's they vanish at once; the sender redoes the transfer with what was kept", async ({
  browser,
}) => {
  const { family, sender, receiver, there, titles } = await begin(browser);
  await openShare(sender);
  await chooseDistrict(sender, "Riverbend");
  const reference = await transfer(sender, `R-${family}`, "clerk");
  await expect(sender.getByText("Delivered: 3 documents")).toBeVisible();
  await openTransfer(receiver, "riverbend", "in", reference);
  await giveReason(receiver, "Report wrong student", "Report wrong student", "Another girl of that name");
  await expect(receiver.getByText("The documents are in quarantine.")).toBeVisible();
  await receiver.goto(there);
  await expect(row(receiver, titles[0] as string)).toHaveCount(0);

  await openTransfer(sender, "lakeview", "out", reference);
  await expect(sender.getByText("Another girl of that name").first()).toBeVisible();
  await sender.getByRole("button", { name: "Redo transfer" }).click();
  await expect(sender.getByRole("button", { name: /Remove Riverbend USD/ })).toBeVisible();
  await expect(sender.getByLabel("Owner Email or Username")).toHaveValue("clerk");
  await expect(sender.getByLabel("SIS Student ID")).toHaveValue("");
  const again = await transfer(sender, `R-${family}`, "");
  await expect(sender.getByText("Delivered: 3 documents")).toBeVisible();
  await openTransfer(sender, "lakeview", "out", reference);
  await expect(sender.getByText("Redone").first()).toBeVisible();
  await expect(sender.getByRole("link", { name: again })).toBeVisible();
});

test("recalled they vanish at once; only the receiver purges, for good", async ({ browser }) => {
  const { family, sender, receiver, there, titles } = await begin(browser);
  await openShare(sender);
  await chooseDistrict(sender, "Riverbend");
  const reference = await transfer(sender, `R-${family}`, "clerk");
  await expect(sender.getByText("Delivered: 3 documents")).toBeVisible();
  await openTransfer(sender, "lakeview", "out", reference);
  await giveReason(sender, "Recall", "Recall transfer", "A draft");
  await expect(sender.getByText("The transfer is recalled.")).toBeVisible();
  await receiver.goto(there);
  await expect(row(receiver, titles[0] as string)).toHaveCount(0);
  // Both clerks hold Purge; it's the receiver's to use.
  await expect(sender.getByRole("link", { name: "Purge", exact: true })).toHaveCount(0);
  await openTransfer(receiver, "riverbend", "in", reference);
  await expect(receiver.getByRole("link", { name: "Purge", exact: true })).toBeVisible();
  await giveReason(receiver, "Release", "Release documents", "They have to stay");
  await expect(receiver.getByText("The documents are released.")).toBeVisible();
});

test("every page and dialog of a held transfer, and the form, is accessible and fits, on the narrowest phone as at a desk", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { family, sender, receiver } = await begin(browser, onPhone);
  await openShare(sender);
  await sender.getByLabel("District", { exact: true }).fill("e");
  await expect(sender.getByText(/districts found for/)).toBeVisible();
  await check(sender);
  await chooseDistrict(sender, "Riverbend");
  await sender.getByRole("button", { name: "Transfer Document" }).click();
  await expect(sender.getByRole("link", { name: /Type the student’s ID/ })).toBeVisible();
  await check(sender);
  const reference = await transfer(sender, "999999", "nobody");
  await expect(sender.getByText("Held at Riverbend USD.")).toBeVisible();
  await check(sender);
  for (const [page, district, side, dialogs] of [
    [sender, "lakeview", "out", ["Recall"]],
    [receiver, "riverbend", "in", ["Return"]],
  ] as const) {
    await page.goto(transfers(district));
    await check(page);
    await openTransfer(page, district, side, reference);
    await check(page);
    for (const dialog of dialogs) {
      await page.getByRole("link", { name: dialog, exact: true }).click();
      await expect(page.getByLabel("Reason")).toBeVisible();
      await check(page);
      await page.getByRole("dialog").getByRole("link", { name: "Close" }).last().click();
    }
  }
  await receiver.getByRole("link", { name: "Link student" }).click();
  await expect(receiver.getByText(new RegExp(`Best match: ${family}`))).toBeVisible();
  await check(receiver);
});

test("without script the district is found by posting, what was typed stays, and the answer is a link away", async ({
  browser,
}) => {
  const { family, here } = await begin(browser);
  const sender = await atDesk(browser, "clerk", "lakeview", { javaScriptEnabled: false });
  await sender.goto(here);
  for (const box of await sender.locator('tbody input[type="checkbox"][name="document"]').all()) await box.check();
  await sender.getByRole("button", { name: "Share" }).click();
  await sender.getByRole("menuitem", { name: /Transfer to Another District/ }).click();
  await sender.getByLabel("SIS Student ID").fill(`R-${family}`);
  await chooseDistrict(sender, "Riverbend", false);
  await expect(sender.getByLabel("SIS Student ID")).toHaveValue(`R-${family}`);
  await transfer(sender, `R-${family}`, "clerk");
  await expect(async () => {
    await sender.reload();
    await expect(sender.getByText("Delivered: 3 documents")).toBeVisible();
  }).toPass({ timeout: 30_000 });
});
