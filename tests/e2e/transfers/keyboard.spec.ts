import { expect, type Page } from "@playwright/test";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import { chooseCases, nameOf, openCases, problem, readCodes, readReference, requests, wrongCode } from "./steps";

/** Presses Tab until what has the focus bears the name (or Shift+Tab, backwards). */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  for (let at = 0; at < 250; at++) {
    await page.keyboard.press(key);
    const now = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return "";
      const labels =
        "labels" in element ? [...((element as HTMLInputElement).labels ?? [])].map((label) => label.innerText) : [];
      return [element.getAttribute("aria-label") ?? "", ...labels, element.innerText].join(" ");
    });
    if (name.test(now)) return;
  }
  throw new Error(`Tab never comes to ${name}`);
}

test("the whole hand-over by keyboard alone", async ({ browser }) => {
  test.slow();
  const sender = await atDesk(browser, "admin", "riverbend");
  const receiver = await atDesk(browser, "admin", "lakeview");
  const family = await openCases(sender, "riverbend", 1);
  await sender.goto(`/d/riverbend/cases?q=${family}`);
  const number = (await sender.locator("tbody .t-no").innerText()).trim();
  await tabTo(sender, new RegExp(`Actions for case ${number}`));
  await sender.keyboard.press("Enter");
  await expect(sender.getByRole("menuitem", { name: /Transfer to District/ }).filter({ visible: true })).toBeVisible();
  if (!(await sender.evaluate(() => document.activeElement?.getAttribute("role") === "menuitem")))
    await sender.keyboard.press("Tab");
  await sender.keyboard.press("Enter");

  // The dialog takes the focus, to its first field, and keeps it.
  await expect(sender.getByLabel("District Name(s)")).toBeFocused();
  await sender.keyboard.type("lakeview");
  await expect(sender.getByRole("checkbox", { name: new RegExp(nameOf("lakeview")) })).toBeVisible();
  // Enter searches; it doesn't send.
  await sender.keyboard.press("Enter");
  await expect(sender.getByRole("heading", { name: "Transfer to District" })).toBeVisible();
  await tabTo(sender, new RegExp(nameOf("lakeview")));
  await sender.keyboard.press("Space");
  await expect(sender.getByRole("checkbox", { name: new RegExp(nameOf("lakeview")) })).toBeChecked();
  await tabTo(sender, /^\s*Transfer 1 case\s*$/);
  await sender.keyboard.press("Enter");
  const [code = ""] = await readCodes(sender);
  const reference = await readReference(sender);

  await receiver.goto(`${requests("lakeview")}?in-q=${reference}`);
  await tabTo(receiver, new RegExp(`Accept ${reference}`));
  await receiver.keyboard.press("Enter");
  await expect(receiver.getByLabel("Authorization code")).toBeFocused();
  await receiver.keyboard.type(wrongCode);
  await receiver.keyboard.press("Enter");
  // The summary takes the focus; its link leads to the field.
  await expect(problem(receiver)).toBeFocused();
  await receiver.keyboard.press("Tab");
  await receiver.keyboard.press("Enter");
  await expect(receiver.getByLabel("Authorization code")).toBeFocused();
  await receiver.keyboard.press("ControlOrMeta+A");
  await receiver.keyboard.type(code);
  await receiver.keyboard.press("Enter");
  await expect(receiver.getByRole("heading", { name: `Case details for ${reference}` })).toBeVisible();
  await tabTo(receiver, /Link to existing student|Use transfer info/);
  for (let at = 0; at < 3 && !(await receiver.getByRole("radio", { name: /Use transfer info/ }).isChecked()); at++)
    await receiver.keyboard.press("ArrowDown");
  await tabTo(receiver, /^\s*Save 1 case\s*$/);
  await receiver.keyboard.press("Enter");
  await expect(receiver.getByText("1 case is in your district now.")).toBeVisible();
});

test("Escape closes a dialog and leads back to the list with its query", async ({ browser }) => {
  const page = await atDesk(browser, "manager", "riverbend");
  await page.goto(`${requests("riverbend")}/switch-off?out-sort=district.up`);
  const dialog = page.getByRole("dialog");
  // The script has shown it modal once the focus is on the safe button.
  await expect(page.getByRole("link", { name: "Leave it on" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/case-transfers\?out-sort=district\.up$/);
  await expect(dialog).toBeHidden();
});

test("closing Transfer to District leaves the rows ticked and the focus on what opened it", async ({ browser }) => {
  const page = await atDesk(browser, "manager", "lakeview");
  await chooseCases(page, "lakeview", await openCases(page, "lakeview", 2));
  await expect(page.getByLabel("District Name(s)")).toBeFocused();
  await expect(page.locator("tbody input:checked")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Bulk Actions" })).toBeFocused();
  await expect(page.locator("tbody input:checked")).toHaveCount(2);
  // Another way into the list begins anew.
  await page.getByRole("link", { name: "Students", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Students", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Cases", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Cases", exact: true })).toBeVisible();
  await expect(page.locator("tbody input:checked")).toHaveCount(0);
});

test("Enter on a row's checkbox leads to Bulk Actions", async ({ browser }) => {
  const page = await atDesk(browser, "manager", "lakeview");
  await page.goto(`/d/lakeview/cases?q=${await openCases(page, "lakeview", 1)}`);
  await page.locator("tbody input[name=case]").focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("link", { name: "Go to Bulk Actions" })).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Bulk Actions" })).toBeFocused();
});
