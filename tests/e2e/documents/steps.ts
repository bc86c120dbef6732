import { randomBytes } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import type { DemoDistrict } from "../support/sign-in";

export const transfers = (district: DemoDistrict): string => `/d/${district}/admin/requests/document-transfers`;

/** Uploads three documents on a student's page. */
export async function upload(page: Page): Promise<string[]> {
  const mark = randomBytes(3).toString("hex");
  const titles = ["IEP", "Evaluation", "Notes"].map((title) => `${title} ${mark}`);
  await page.getByRole("link", { name: "Upload", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Files").setInputFiles(
    titles.map((title) => ({
      name: `${title}.txt`,
      mimeType: "text/plain",
      buffer: Buffer.from(`About ${title}\n`),
    })),
  );
  await expect(dialog.getByLabel("Title")).toHaveCount(3);
  await dialog.getByRole("button", { name: "Upload 3 documents" }).click();
  await expect(dialog).toBeHidden();
  for (const title of titles) await expect(row(page, title)).toBeVisible();
  return titles;
}

export const row = (page: Page, text: string): Locator => page.getByRole("row").filter({ hasText: text });

/** On a student's page: all documents, **Share** ▸ **Transfer to Another District**. */
export async function openShare(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "Select all documents" }).check();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("menuitem", { name: /Transfer to Another District/ }).click();
  await expect(page.getByRole("heading", { name: "Transfer to Another District" })).toBeVisible();
}

/** Searches the other district and chooses it. Without script a Search button posts the form. */
export async function chooseDistrict(page: Page, name: string, script = true): Promise<void> {
  await page.getByLabel("District", { exact: true }).fill(name);
  if (!script) await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("radio", { name: new RegExp(name), disabled: false }).check();
}

/** Fills in student and owner, and sends; gives the transfer's reference. */
export async function transfer(page: Page, sisId: string, owner: string): Promise<string> {
  await page.getByLabel("SIS Student ID").fill(sisId);
  if (owner) await page.getByLabel("Owner Email or Username").fill(owner);
  await page.getByRole("button", { name: "Transfer Document" }).click();
  await expect(page).toHaveURL(/\/sent$/);
  return page
    .getByText(/^T-\d{4}-\d{6}$/)
    .first()
    .innerText();
}

/** The page of a transfer, by its reference. */
export async function openTransfer(
  page: Page,
  district: DemoDistrict,
  side: "in" | "out",
  reference: string,
): Promise<void> {
  await page.goto(`${transfers(district)}?${side}-q=${reference}`);
  await page.getByRole("link", { name: reference, exact: true }).click();
  await expect(page.getByRole("heading", { name: `Transfer ${reference}` })).toBeVisible();
}

/** Opens a dialog of a transfer's page by its link, types the reason, and presses its button. */
export async function giveReason(page: Page, link: string, button: string, reason: string): Promise<void> {
  await page.getByRole("link", { name: link, exact: true }).click();
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: button }).click();
}
