import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { expectFine as check, listenForTrouble, onPhone } from "../support/checks";
import { addStudent, newFamily } from "../support/post-form";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";

const home = "/d/riverbend";
const retention = `${home}/admin/retention`;
const row = (page: Page, words: string) => page.getByRole("row").filter({ hasText: words });

/** A student of the test's own with two old transcripts, so that nothing else in the demo is touched. */
async function addOldPapers(page: Page, family: string): Promise<string> {
  const student = await addStudent(page, "riverbend", family, family, 1999);
  await page.goto(student);
  await page.getByRole("link", { name: "Upload", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Files").setInputFiles(
    ["one", "two"].map((name) => ({
      name: `Transcript ${name} ${family}.txt`,
      mimeType: "text/plain",
      buffer: Buffer.from(`${name} ${family}\n`),
    })),
  );
  await expect(dialog.getByLabel("Title")).toHaveCount(2);
  for (const date of await dialog.getByLabel("Date (if known)").all()) await date.fill("2001-06-01");
  await dialog.getByRole("button", { name: "Upload 2 documents" }).click();
  await expect(dialog).toBeHidden();
  return student;
}

let kept = false;

/** Transcripts are kept for twenty years. It's said once, and holds for all tests. */
async function keepTranscripts(page: Page): Promise<void> {
  if (kept) return;
  await page.goto(retention);
  await page.getByRole("link", { name: /how long Transcript is kept/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Keep for a number of years").check();
  await dialog.getByLabel("Years", { exact: true }).fill("20");
  await dialog.getByLabel("Counted from").selectOption("date");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Transcript: saved.")).toBeVisible();
  kept = true;
}

/** Proposes what is due of a student; gives the proposal's address and number. */
async function propose(page: Page, family: string): Promise<{ path: string; number: string }> {
  await page.goto(`${retention}/due?q=${family}`);
  for (const box of await page.getByRole("checkbox", { name: /^Select Transcript/ }).all()) await box.check();
  await page.getByLabel("Reason").fill("Schedule 12: twenty years");
  await page.getByRole("button", { name: "Propose for destruction" }).click();
  const title = page.getByRole("heading", { name: /^Proposal D-/ });
  await expect(title).toBeVisible();
  return { path: new URL(page.url()).pathname, number: ((await title.textContent()) ?? "").replace("Proposal ", "") };
}

async function begin(browser: Browser, options: BrowserContextOptions = {}) {
  const family = newFamily();
  const first = await atDesk(browser, "admin", "riverbend", options);
  const second = await atDesk(browser, "clerk", "riverbend", options);
  return { family, first, second, student: await addOldPapers(first, family) };
}

test("a rule makes records due, one person proposes, another confirms, and a certificate stays", async ({
  browser,
}) => {
  const { family, first, second, student } = await begin(browser);
  const trouble = [listenForTrouble(first), listenForTrouble(second)];
  await keepTranscripts(first);
  const { path, number } = await propose(first, family);
  await expect(first.getByText("2 records proposed.")).toBeVisible();
  // Proposed once, they're counted apart, and can't be proposed again.
  await first.goto(`${retention}/due?q=${family}`);
  await expect(first.getByText("0 due, 2 proposed")).toBeVisible();
  await expect(first.getByText("None of this can be proposed.")).toBeVisible();
  await expect(first.getByRole("button", { name: "Propose for destruction" })).toHaveCount(0);
  // Nobody confirms their own.
  await expect(first.getByRole("link", { name: "Confirm and destroy" })).toHaveCount(0);
  await first.goto(`${path}/confirm`);
  await expect(first.getByText("You proposed this.")).toBeVisible();

  await second.goto(retention);
  await second.getByRole("link", { name: number }).click();
  await second.getByRole("link", { name: "Confirm and destroy" }).click();
  const dialog = second.getByRole("dialog");
  await dialog.getByLabel(/To confirm/).fill("D-2000-0001");
  await dialog.getByRole("button", { name: "Destroy 2 records" }).click();
  await expect(dialog.getByRole("link", { name: `Type ${number} to confirm.` })).toBeVisible();
  await dialog.getByLabel(/To confirm/).fill(number.toLowerCase());
  await dialog.getByRole("button", { name: "Destroy 2 records" }).click();
  await expect(second.getByText("2 records destroyed.")).toBeVisible();
  await second
    .getByRole("link", { name: /^Certificate P-/ })
    .first()
    .click();
  await expect(second.getByRole("heading", { name: /^Purge certificate P-/ })).toBeVisible();
  await expect(second.getByText("Schedule 12: twenty years")).toBeVisible();
  await expect(second.getByText("2 documents were destroyed for good")).toBeVisible();

  await first.goto(student);
  await expect(row(first, `Transcript one ${family}`)).toHaveCount(0);
  await expect(first.getByRole("link", { name: /^Certificate P-/ })).toBeVisible();
  expect(trouble.flat()).toEqual([]);
});

test("a legal hold keeps what was proposed already, and says so; lifted, it can go", async ({ browser }) => {
  const { family, first, second, student } = await begin(browser);
  await keepTranscripts(first);
  const { path, number } = await propose(first, family);
  await first.goto(student);
  await first.getByRole("link", { name: "Legal hold", exact: true }).click();
  await first.getByRole("dialog").getByLabel("Reason").fill("A claim of the family");
  await first.getByRole("button", { name: "Place legal hold" }).click();
  await expect(first.getByText("The legal hold stands.")).toBeVisible();

  await second.goto(path);
  await expect(second.getByText("Stays: on legal hold")).toHaveCount(2);
  await expect(second.getByRole("link", { name: "Confirm and destroy" })).toHaveCount(0);
  await first.goto(student);
  await expect(first.getByText(/^Legal hold since/)).toBeVisible();
  await first.getByRole("button", { name: `Actions for Transcript one ${family}` }).click();
  await first.getByRole("menuitem", { name: /^Purge/ }).click();
  await expect(
    first.getByRole("dialog").getByText("No document or case of this student can be destroyed"),
  ).toBeVisible();

  await first.goto(`${retention}/holds`);
  await row(first, family).getByRole("link", { name: /^Lift/ }).click();
  await first.getByRole("dialog").getByLabel("Why it’s lifted").fill("Settled");
  await first.getByRole("button", { name: "Lift legal hold" }).click();
  await expect(first.getByText("The legal hold is lifted.")).toBeVisible();
  await second.goto(`${path}/confirm`);
  await second
    .getByRole("dialog")
    .getByLabel(/To confirm/)
    .fill(number);
  await second.getByRole("button", { name: "Destroy 2 records" }).click();
  await expect(second.getByText("2 records destroyed.")).toBeVisible();
});

test("what is missing is said together, in the order of the form; the same hold isn't placed twice", async ({
  browser,
}) => {
  const { family, first } = await begin(browser);
  await keepTranscripts(first);
  const missing = first.locator(".summary a");
  await first.goto(`${retention}/due?q=${family}`);
  await first.getByRole("button", { name: "Propose for destruction" }).click();
  await expect(missing).toHaveText([
    "Tick the records that go, or everything found here.",
    "Type why they go: the schedule or law. The certificates say so.",
  ]);
  await first.goto(`${retention}/holds/place`);
  const dialog = first.getByRole("dialog");
  const place = dialog.getByRole("button", { name: "Place legal hold" });
  await place.click();
  await expect(missing).toHaveText([
    "Type the student’s SIS ID or the case’s number.",
    "Type why: the matter that the records are kept for.",
  ]);
  await dialog.getByLabel("SIS ID or case number").fill(family);
  await dialog.getByLabel("Reason").fill("A claim of the family");
  await place.click();
  await expect(first.getByText("The legal hold stands.")).toBeVisible();
  await first.goto(`${retention}/holds/place`);
  await dialog.getByLabel("SIS ID or case number").fill(family);
  await dialog.getByLabel("Reason").fill("a claim of the family");
  await place.click();
  await expect(missing).toHaveText([/^A legal hold stands on this for the same reason/]);
});

test("without script: proposed, and withdrawn by a colleague", async ({ browser }) => {
  const { family, first } = await begin(browser);
  await keepTranscripts(first);
  const plain = await atDesk(browser, "admin", "riverbend", { javaScriptEnabled: false });
  const { path, number } = await propose(plain, family);
  const colleague = await atDesk(browser, "manager", "riverbend", { javaScriptEnabled: false });
  await colleague.goto(path);
  await colleague.getByRole("link", { name: "Withdraw" }).click();
  await expect(colleague.getByText(`Withdraw proposal ${number}?`)).toBeVisible();
  await colleague.getByRole("button", { name: "Withdraw proposal" }).click();
  await expect(colleague.getByText("Stays: the proposal was withdrawn")).toHaveCount(2);
});

test("every page and dialog of retention is accessible and fits, on the narrowest phone as at a desk", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { family, first, second } = await begin(browser, onPhone);
  await keepTranscripts(first);
  const { path } = await propose(first, family);
  await check(first);
  for (const [page, address] of [
    [first, retention],
    [first, `${retention}/rules/iep`],
    [first, `${retention}/due`],
    [first, `${retention}/proposals`],
    [first, `${path}/withdraw`],
    [second, `${path}/confirm`],
    [first, `${retention}/holds`],
    [first, `${retention}/holds/place`],
    [first, `${retention}/certificates`],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await check(page);
  }
});
