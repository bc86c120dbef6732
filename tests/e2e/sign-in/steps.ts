import { randomInt } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { generateSync } from "otplib";
import { systemClose } from "@/lib/db/system";
import { setEnv } from "@/lib/env";
import { closeOutbox } from "@/lib/outbox";
import { createDistrict, readOptions } from "@/lib/run/commands/district-create";
import { runningSettings } from "@/lib/run/embedded";
import { withConnection } from "@/lib/run/postgres";

export const password = "four quiet herons wade";

export type Place = { slug: string; name: string; admin: string };

async function settings() {
  const running = await runningSettings(join(tmpdir(), `baton-e2e-${process.env.BATON_TEST_PORT}`));
  if (!running) throw new Error("the app under test doesn't run");
  return running;
}

/** Runs SQL as the owner of the tables, for what a test can't wait for: that a session grows old, that a code is past. */
export async function asOwner(text: string, values: unknown[]): Promise<void> {
  const { DATABASE_ADMIN_URL = "" } = await settings();
  await withConnection(DATABASE_ADMIN_URL, (client) => client.query(text, values));
}

/** As if the person had signed in eleven minutes ago. */
export const growOld = (email: string) =>
  asOwner(
    "update session set factor_at = now() - interval '11 minutes' where user_id = (select id from app_user where email = $1)",
    [email],
  );

/** As if the person's last code had been used minutes ago: its step may be used again. */
export const forgetSteps = (email: string) =>
  asOwner("update app_user set totp_last_step = totp_last_step - 10 where email = $1", [email]);

export const codeOf = (secret: string) => generateSync({ secret });

/** A district of the test's own, with its admin's invitation: what is required there requires it of nobody else. */
async function newDistrict(): Promise<Place & { invitation: string }> {
  const number = randomInt(10_000, 100_000);
  const name = `Pine Hollow ${number}`;
  const admin = `admin@pine-hollow-${number}.example`;
  setEnv(await settings());
  try {
    const created = await createDistrict(
      readOptions([
        "--name",
        name,
        "--state",
        "TX",
        "--nces",
        `99${number}`,
        "--admin",
        admin,
        "--admin-name",
        "Ada Pine",
      ]),
    );
    return { slug: created.slug, name, admin, invitation: new URL(created.invitationAddress).pathname };
  } finally {
    await closeOutbox();
    await systemClose();
  }
}

/** A new district, and its admin at a desk of their own, signed in. */
export async function atNewDistrict(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; place: Place }> {
  const { invitation, ...place } = await newDistrict();
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(invitation);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: `Join ${place.name}` }).click();
  await expect(page).toHaveURL(new RegExp(`/d/${place.slug}`));
  return { page, place };
}

export const account = ({ slug }: Place) => `/d/${slug}/account`;

export async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies({ name: /session/ });
  await page.goto("/sign-in");
}

/** The first half of signing in. */
export async function givePassword(page: Page, email: string, word = password): Promise<void> {
  await page.getByLabel("Email or username").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(word);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export const codeField = (page: Page) => page.getByRole("textbox", { name: "Code", exact: true });

/** On the page Set up a second factor: sets it up; gives the secret and the recovery codes. */
export async function enrol(page: Page): Promise<{ secret: string; codes: string[] }> {
  await expect(page.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await page.getByText("You can’t scan it").click();
  const secret = ((await page.locator(".secret").textContent()) ?? "").replaceAll(" ", "");
  await codeField(page).fill(codeOf(secret));
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery codes" })).toBeVisible();
  const codes = await page.locator(".recovery li").allTextContents();
  expect(codes).toHaveLength(10);
  return { secret, codes };
}

/** The link in the newest mail to an address, as a path. */
export async function mailedLink(page: Page, to: string, path: string): Promise<string> {
  const found = page.locator(".mail-text a", { hasText: path });
  await expect(async () => {
    await page.goto(`/mailbox?to=${encodeURIComponent(to)}`);
    // Of an address without mail the mailbox shows everybody's.
    await page.locator(".mails a", { hasText: to }).first().click({ timeout: 2000 });
    await expect(found).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  return new URL((await found.getAttribute("href")) ?? "").pathname;
}
