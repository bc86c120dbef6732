import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from "@playwright/test";

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

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;
const signedIn = new Map<string, State>();

/**
 * A page of a browser context of its own, signed in: another person at another desk. Within a worker each person signs in once, and later
 * desks get the cookie; with script off they sign in each time, since that has to work as well.
 */
export async function atDesk(
  browser: Browser,
  role: DemoRole,
  district: DemoDistrict,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const person = `${role}@${district}`;
  const known = options.javaScriptEnabled === false ? undefined : signedIn.get(person);
  const context = await browser.newContext({ ...options, ...(known ? { storageState: known } : {}) });
  const page = await context.newPage();
  if (!known) {
    await signIn(page, role, district);
    signedIn.set(person, await context.storageState());
  }
  return page;
}
