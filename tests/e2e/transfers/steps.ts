import { expect, type Locator, type Page } from "@playwright/test";
import { addCase, newFamily } from "../support/post-form";
import type { DemoDistrict } from "../support/sign-in";

/** What a person does at the screen, step by step; found by the words that stand there. */

const names: Record<DemoDistrict, string> = {
  lakeview: "Lakeview ISD",
  riverbend: "Riverbend USD",
  "maple-grove": "Maple Grove Schools",
};
export const nameOf = (district: DemoDistrict): string => names[district];

export const requests = (district: DemoDistrict): string => `/d/${district}/admin/requests/case-transfers`;

/** Opens cases about people who bear one new name, so that no other test sends them. Returns the name. */
export async function openCases(page: Page, district: DemoDistrict, count: number): Promise<string> {
  const family = `Test-${newFamily()}`;
  for (let at = 1; at <= count; at++) await addCase(page, district, `Person ${at}`, family);
  return family;
}

/** Ticks all cases of a name in the list and opens **Transfer to District**. Returns their numbers. */
export async function chooseCases(page: Page, district: DemoDistrict, family: string): Promise<string[]> {
  await page.goto(`/d/${district}/cases?q=${family}`);
  const rows = page.locator("tbody tr");
  for (const row of await rows.all()) await row.getByRole("checkbox").check();
  const numbers = await rows.locator(".t-no").allInnerTexts();
  await page.getByRole("button", { name: "Bulk Actions" }).click();
  await page.getByRole("menuitem", { name: /Transfer to District/ }).click();
  await expect(page.getByRole("heading", { name: "Transfer to District" })).toBeVisible();
  return numbers.map((number) => number.trim());
}

/** A transfer's reference where a page names one alone. */
export const readReference = (page: Page): Promise<string> =>
  page
    .getByText(/^T-\d{4}-\d{6}$/)
    .first()
    .innerText();

/** Searches the directory and ticks a district. Without script a Search button posts the form. */
export async function tickDistrict(page: Page, name: string, script = true): Promise<void> {
  await page.getByLabel("District Name(s)").fill(name);
  if (!script) await page.locator(".dlg").getByRole("button", { name: "Search" }).click();
  await page.getByRole("checkbox", { name: new RegExp(name) }).check();
}

/** The button that sends; its count is of the cases that travel. */
export const sendButton = (page: Page, count: number): Locator =>
  page.getByRole("button", { name: `Transfer ${count} ${count === 1 ? "case" : "cases"}` });

/** The codes on a page, as they are read: one per slip. */
export async function readCodes(page: Page): Promise<string[]> {
  await expect(page.locator(".code-g").first()).toBeVisible();
  const groups = await page.locator(".code-g").allInnerTexts();
  const codes: string[] = [];
  for (let at = 0; at < groups.length; at += 4) codes.push(groups.slice(at, at + 4).join("-"));
  return codes;
}

export type Sending = { code: string; reference: string; numbers: string[] };

/** The sender's part: open cases, choose them, tick the district, send, read the code. */
export async function send(
  page: Page,
  from: DemoDistrict,
  to: DemoDistrict,
  count = 1,
  script = true,
): Promise<Sending> {
  const numbers = await chooseCases(page, from, await openCases(page, from, count));
  await tickDistrict(page, nameOf(to), script);
  await sendButton(page, count).click();
  await expect(page).toHaveURL(/\/sent$/);
  const [code = ""] = await readCodes(page);
  return { code, reference: await readReference(page), numbers };
}

/** A transfer's row in either list. */
export const rowOf = (page: Page, reference: string): Locator => page.getByRole("row").filter({ hasText: reference });

/** Opens the accept dialog of an incoming transfer from the list. */
export async function openAccept(page: Page, district: DemoDistrict, reference: string): Promise<void> {
  await page.goto(`${requests(district)}?in-q=${reference}`);
  await page.getByRole("link", { name: `Accept ${reference}` }).click();
  await expect(page.getByLabel("Authorization code")).toBeVisible();
}

/** Types a code and presses **Accept Transfer**. */
export async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Authorization code").fill(code);
  await page.getByRole("button", { name: "Accept Transfer" }).click();
}

/** The receiver's part up to the case details. */
export async function accept(page: Page, district: DemoDistrict, { reference, code }: Sending): Promise<void> {
  await openAccept(page, district, reference);
  await giveCode(page, code);
  await expect(page.getByRole("heading", { name: `Case details for ${reference}` })).toBeVisible();
}

/** Opens a transfer's page from the list. */
export async function openTransfer(
  page: Page,
  district: DemoDistrict,
  side: "in" | "out",
  reference: string,
): Promise<void> {
  await page.goto(`${requests(district)}?${side}-q=${reference}`);
  await page.getByRole("link", { name: reference, exact: true }).click();
  await expect(page.getByRole("heading", { name: `Transfer ${reference}` })).toBeVisible();
}

/** A code that is well-formed and opens nothing: its check symbol is right. */
export const wrongCode = "0000-0000-0000-0000";

/** "There is a problem", with its sentences. */
export const problem = (page: Page): Locator => page.getByRole("alert").filter({ hasText: "There is a problem" });
