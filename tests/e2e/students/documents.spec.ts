import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { expectFine as check, listenForTrouble, onPhone } from "../support/checks";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";

const pdf = (words: string) =>
  Buffer.concat([Buffer.from(`%PDF-1.7\n% ${words}\n`), randomBytes(40_000), Buffer.from("\n%%EOF\n")]);
const files = (mark: string) => [
  { name: `IEP ${mark}.pdf`, mimeType: "application/pdf", buffer: pdf(mark) },
  { name: `Psychoeducational evaluation ${mark}.pdf`, mimeType: "application/pdf", buffer: pdf(mark) },
  { name: `Notes ${mark}.txt`, mimeType: "text/plain", buffer: Buffer.from(`What was said: ${mark}\n`) },
];

/** A student without papers of others: added by hand, so that every run has one of its own. */
async function addStudent(page: Page, family: string): Promise<void> {
  await page.goto("/d/riverbend/students/add");
  await page.getByLabel("First name").fill("Imani");
  await page.getByLabel("Last name").fill(family);
  await page.getByLabel("Birth date").fill("2012-05-02");
  await page.getByLabel("SIS ID").fill(family);
  await page.getByRole("button", { name: "Add student" }).click();
  await expect(page.getByRole("heading", { name: `${family}, Imani` })).toBeVisible();
}

const familyName = () => `Rutherford${randomBytes(4).toString("hex")}`;
const row = (page: Page, title: string) => page.getByRole("row").filter({ hasText: title });

async function upload(page: Page, mark: string): Promise<void> {
  await page.getByRole("link", { name: "Upload", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Files").setInputFiles(files(mark));
  await expect(dialog.getByLabel("Title")).toHaveCount(3);
  await dialog.getByRole("button", { name: "Upload 3 documents" }).click();
  await expect(dialog).toBeHidden();
  for (const { name } of files(mark)) await expect(row(page, name.replace(/\.\w+$/, ""))).toBeVisible();
}

test("three documents are uploaded, looked at, moved, deleted and restored", async ({ browser }) => {
  const page = await atDesk(browser, "clerk", "riverbend");
  const trouble = listenForTrouble(page);
  const [mark, other] = [randomBytes(3).toString("hex"), familyName()];
  await addStudent(page, other);
  await addStudent(page, familyName());
  const student = page.url();
  await upload(page, mark);
  await expect(row(page, `IEP ${mark}`)).toContainText("IEP");
  await expect(
    row(page, `Psychoeducational evaluation ${mark}`).getByRole("cell", { name: "Evaluation", exact: true }),
  ).toBeVisible();

  await page.getByRole("link", { name: `Notes ${mark}` }).click();
  await expect(page.getByText(`What was said: ${mark}`)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe(`Notes ${mark}.txt`);

  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Move to another student" }).click();
  await page.getByLabel("Find the student").fill(other);
  await page.getByRole("link", { name: new RegExp(other) }).click();
  await page.getByRole("button", { name: "Move document" }).click();
  await expect(page.getByRole("heading", { name: `${other}, Imani` })).toBeVisible();
  await expect(row(page, `Notes ${mark}`)).toBeVisible();

  await page.goto(student);
  await expect(row(page, `Notes ${mark}`)).toHaveCount(0);
  await page.getByRole("button", { name: `Actions for IEP ${mark}` }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await expect(page.getByText("is deleted.")).toBeVisible();
  await page.locator("#bin summary").click();
  await row(page, `IEP ${mark}`)
    .getByRole("button", { name: `Restore IEP ${mark}` })
    .click();
  await expect(page.getByRole("heading", { name: "Deleted" })).toHaveCount(0);
  await expect(row(page, `IEP ${mark}`)).toBeVisible();
  expect(trouble).toEqual([]);
});

test("the head's dropdown picks all, none, or a type, by keyboard too; what was refused says why", async ({
  browser,
}) => {
  const page = await atDesk(browser, "clerk", "riverbend");
  const mark = randomBytes(3).toString("hex");
  await addStudent(page, familyName());
  await upload(page, mark);
  const pick = page.getByRole("button", { name: "Select by type" });
  await pick.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "All" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 selected")).toBeVisible();
  await pick.click();
  await page.getByRole("menuitem", { name: "Evaluation" }).click();
  await expect(page.getByText("1 selected")).toBeVisible();
  await pick.click();
  await page.getByRole("menuitem", { name: "None" }).click();
  await expect(page.getByText("None selected")).toBeVisible();

  await page.getByRole("link", { name: "Upload", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Owner")).toBeFocused();
  await dialog.getByLabel("Files").setInputFiles([
    { name: "Fine.txt", mimeType: "text/plain", buffer: Buffer.from("fine") },
    { name: "Picture.png", mimeType: "image/png", buffer: pdf("no picture") },
  ]);
  await dialog.getByRole("button", { name: "Upload 2 documents" }).click();
  await expect(dialog.getByRole("link", { name: /^“Picture.png” isn’t what its name says/ })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Try again" })).toBeVisible();
  await dialog.getByRole("button", { name: "Leave out Picture.png" }).click();
  await page.keyboard.press("Escape");
  await expect(row(page, "Fine")).toBeVisible();
});

test("without script: added by a form, titled by its file, deleted and restored", async ({ browser }) => {
  const page = await atDesk(browser, "clerk", "riverbend", { javaScriptEnabled: false });
  await addStudent(page, familyName());
  await page.getByRole("link", { name: "Upload", exact: true }).click();
  await page.getByLabel("Type").selectOption("IEP");
  await page.getByLabel("Files").setInputFiles(files("plain").slice(0, 2));
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(row(page, "IEP plain")).toBeVisible();
  await expect(row(page, "Psychoeducational evaluation plain")).toContainText("IEP");
  await page.getByRole("button", { name: "Actions for IEP plain" }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await page.getByRole("button", { name: "Restore" }).first().click();
  await expect(row(page, "IEP plain")).toBeVisible();
});

test("staff see only students whose documents they own; nobody purges without the permission", async ({ browser }) => {
  const page = await atDesk(browser, "staff", "riverbend");
  await page.goto("/d/riverbend/students");
  await expect(page.getByRole("heading", { name: "Students" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Add student" })).toHaveCount(0);
  const found = Number((/^(\d+)/.exec((await page.getByRole("status").first().textContent()) ?? "") ?? [])[1]);
  expect(found).toBeLessThan(40);
});

test("every page and dialog of the students is accessible and fits, on the narrowest phone as at a desk", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const page = await atDesk(browser, "clerk", "riverbend", onPhone);
  await page.goto("/d/riverbend/students");
  await check(page);
  await page.goto("/d/riverbend/students?q=nobody-like-it");
  await check(page);
  await page.goto("/d/riverbend/students/add");
  await page.getByRole("button", { name: "Add student" }).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await check(page);
  await addStudent(page, familyName());
  await check(page);
  await upload(page, "walk");
  const actions = page.getByRole("button", { name: "Actions for IEP walk" });
  await actions.click();
  await check(page);
  // Its button may stand outside of the window by now, and the menu with it.
  await page.keyboard.press("Escape");
  await actions.click();
  await page.getByRole("menuitem", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await check(page);
  await page.getByRole("link", { name: "Close" }).first().click();
  await check(page);
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Move to another student" }).click();
  await expect(page.getByLabel("Find the student")).toBeVisible();
  await check(page);
  await page.getByRole("link", { name: "Close" }).click();
  await page.getByRole("link", { name: "Upload", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Files").setInputFiles(files("more"));
  await check(page);
});
