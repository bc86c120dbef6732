import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";

export type DemoRole = "admin" | "manager" | "clerk" | "staff";
export type DemoDistrict = "lakeview" | "riverbend" | "maple-grove";

/** The password of all demo users (product.md names them; the demo alone has them). */
const demoPassword = "baton-demo-2026";

/** Signs in as `<role>@<district>.example` and waits for the district's pages. */
async function signIn(page: Page, role: DemoRole, district: DemoDistrict, to = `/d/${district}/cases`): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByLabel("Email or username").fill(`${role}@${district}.example`);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/d/${district}/`));
}

/** A page of a browser context of its own, signed in: another person at another desk. */
export async function atDesk(
  browser: Browser,
  role: DemoRole,
  district: DemoDistrict,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, role, district);
  return page;
}
