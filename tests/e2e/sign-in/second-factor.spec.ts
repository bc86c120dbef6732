import { expect } from "@playwright/test";
import { expectAccessible, expectFine, onPhone } from "../support/checks";
import { test } from "../support/test";
import {
  account,
  asOwner,
  atNewDistrict,
  codeField,
  codeOf,
  enrol,
  forgetSteps,
  givePassword,
  growOld,
  mailedLink,
  password,
  signOut,
} from "./steps";

// Each goes through several sign-ins and a mail, or through twenty pages with axe.
test.describe.configure({ timeout: 180_000 });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "with JavaScript off", () => {
    test("set up, signed in with, replaced by a recovery code once, turned off", async ({ browser }) => {
      const { page, place } = await atNewDistrict(browser, { javaScriptEnabled });
      await page.goto(account(place));
      await page.getByRole("link", { name: "Set up a second factor" }).click();
      const { secret, codes } = await enrol(page);
      await expect(page.getByRole("link", { name: "Download" })).toHaveAttribute("href", /^data:text\/plain/);
      await page.getByRole("link", { name: "I have saved them" }).click();
      await expect(page.getByText("10 recovery codes are left")).toBeVisible();

      // The code that set it up is used already.
      await signOut(page);
      await givePassword(page, place.admin);
      await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
      await codeField(page).fill(codeOf(secret));
      await forgetSteps(place.admin);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(new RegExp(`/d/${place.slug}`));

      await signOut(page);
      for (const [code, goes] of [
        [codes[0] ?? "", true],
        [codes[0] ?? "", false],
      ] as const) {
        await givePassword(page, place.admin);
        await page.getByRole("link", { name: "Use a recovery code" }).click();
        await page.getByRole("textbox", { name: "Recovery code" }).fill(code.toLowerCase());
        await page.getByRole("button", { name: "Sign in" }).click();
        if (goes) {
          await expect(page).toHaveURL(new RegExp(`/d/${place.slug}`));
          await signOut(page);
        } else await expect(page.locator(".summary")).toContainText("isn’t right, or has been used");
      }
      await page.getByRole("textbox", { name: "Recovery code" }).fill(codes[1] ?? "");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(new RegExp(`/d/${place.slug}`));

      await page.goto(`${account(place)}/recovery-codes`);
      await page.getByRole("button", { name: "Make new recovery codes" }).click();
      await expect(page.locator(".recovery li")).toHaveCount(10);
      await page.goto(account(place));
      await page.getByRole("link", { name: "Turn off…" }).click();
      await page.getByRole("button", { name: "Turn off" }).click();
      await expect(page.getByText("Second factor turned off.")).toBeVisible();
      await signOut(page);
      await givePassword(page, place.admin);
      await expect(page).toHaveURL(new RegExp(`/d/${place.slug}`));
    });

    test("asked for again where it was shown long ago, in the form, which keeps what was typed", async ({
      browser,
    }) => {
      const { page, place } = await atNewDistrict(browser, { javaScriptEnabled });
      await growOld(place.admin);
      await page.goto(`/d/${place.slug}/admin/users/invite`);
      const dialog = page.locator(".dlg");
      await dialog.getByLabel("Name", { exact: true }).fill("Ben Moss");
      await dialog.getByLabel("Email").fill(`ben@${place.slug}.example`);
      await dialog.getByRole("radio", { name: /Case manager/ }).check();
      await dialog.getByRole("button", { name: "Send invitation" }).click();
      await expect(page.getByRole("heading", { name: "Confirm that it’s you" })).toBeVisible();
      await expect(dialog.getByLabel("Email")).toHaveValue(`ben@${place.slug}.example`);
      await expect(dialog.getByRole("radio", { name: /Case manager/ })).toBeChecked();
      // axe is script itself.
      if (javaScriptEnabled) await expectAccessible(page);
      await dialog.getByRole("textbox", { name: "Your password" }).fill("not my password at all");
      await dialog.getByRole("button", { name: "Send invitation" }).click();
      await expect(dialog.getByText("That isn’t your password.")).toBeVisible();
      await dialog.getByRole("textbox", { name: "Your password" }).fill(password);
      await dialog.getByRole("button", { name: "Send invitation" }).click();
      await expect(page.getByText("Invitation on its way.")).toBeVisible();
      await expect(page.getByText(`ben@${place.slug}.example`)).toBeVisible();

      // A page asks first, and leads back.
      await growOld(place.admin);
      await page.goto(`${account(place)}/second-factor`);
      await expect(page.getByRole("heading", { name: "Confirm that it’s you" })).toBeVisible();
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Go on" }).click();
      await enrol(page);
      await growOld(place.admin);
      await page.goto(`/d/${place.slug}/confirm?to=${encodeURIComponent(account(place))}`);
      await expect(codeField(page)).toBeVisible();
    });

    test("required by a district: nothing else opens there before it's set up; an admin resets it", async ({
      browser,
    }) => {
      const { page, place } = await atNewDistrict(browser, { javaScriptEnabled });
      const users = `/d/${place.slug}/admin/users`;
      await page.goto(`${users}/invite`);
      const email = `kit@${place.slug}.example`;
      await page.locator(".dlg").getByLabel("Name", { exact: true }).fill("Kit Rowan");
      await page.locator(".dlg").getByLabel("Email").fill(email);
      await page
        .locator(".dlg")
        .getByRole("radio", { name: /Case manager/ })
        .check();
      await page.getByRole("button", { name: "Send invitation" }).click();
      await expect(page.getByText("Invitation on its way.")).toBeVisible();
      const colleague = await (await browser.newContext({ javaScriptEnabled })).newPage();
      await colleague.goto(await mailedLink(colleague, email, "/invitation/"));
      await colleague.getByLabel("New password", { exact: true }).fill(password);
      await colleague.getByRole("button", { name: /^Join/ }).click();
      await expect(colleague).toHaveURL(new RegExp(`/d/${place.slug}`));

      await page.goto(`/d/${place.slug}/admin/settings`);
      await page.getByRole("switch", { name: "Require a second factor" }).check();
      await page.getByRole("button", { name: "Save sign-in settings" }).click();
      await expect(page.getByText(`${place.name} requires a second factor.`)).toBeVisible();
      await enrol(page);

      for (const path of ["cases", "cases/new", "account", "confirm", "admin/requests/case-transfers"]) {
        await colleague.goto(`/d/${place.slug}/${path}`);
        await expect(colleague).toHaveURL(
          path === "confirm" ? /second-factor|\/confirm|\/d\/[^/]+$/ : new RegExp(`/account/second-factor\\?to=`),
        );
      }
      const answer = await colleague.request.get(`/d/${place.slug}/directory?q=a`, { maxRedirects: 0 });
      expect(answer.status()).toBe(404);
      await colleague.goto(`/d/${place.slug}/cases/new`);
      await expect(colleague.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveCount(0);
      await enrol(colleague);
      await colleague.getByRole("link", { name: "I have saved them" }).click();
      await expect(colleague).toHaveURL(`/d/${place.slug}/cases/new`);
      await colleague.goto(account(place));
      await expect(colleague.getByText("so it can’t be turned off")).toBeVisible();

      await page.goto(users);
      await page.getByRole("link", { name: "Kit Rowan", exact: true }).click();
      await page.getByRole("link", { name: "Reset second factor…" }).click();
      await page.getByRole("button", { name: "Reset second factor" }).click();
      await expect(page.getByText("Second factor reset.")).toBeVisible();
      await colleague.goto(account(place));
      await expect(colleague).toHaveURL(/\/sign-in/);
      await givePassword(colleague, email);
      await expect(colleague.getByText("requires a second factor.")).toBeVisible();
    });

    test("a new password by mail; the second factor is asked for all the same", async ({ browser }) => {
      const { page, place } = await atNewDistrict(browser, { javaScriptEnabled });
      await page.goto(`${account(place)}/second-factor`);
      const { codes } = await enrol(page);
      const desk = await (await browser.newContext({ javaScriptEnabled })).newPage();
      await desk.goto("/sign-in");
      await desk.getByRole("link", { name: "Forgot your password?" }).click();
      for (const address of ["nobody@nowhere.example", place.admin]) {
        await desk.goto("/sign-in/forgot");
        await desk.getByLabel("Email").fill(address);
        await desk.getByRole("button", { name: "Send the link" }).click();
        await expect(desk.getByText("Look into your mail.")).toBeVisible();
      }
      const link = await mailedLink(desk, place.admin, "/new-password/");
      await desk.goto(link);
      const word = "seven green kettles hum";
      await desk.getByLabel("New password", { exact: true }).fill("too short");
      await desk.getByRole("button", { name: "Save password" }).click();
      await expect(desk.locator(".summary")).toContainText("15 characters");
      await desk.getByLabel("New password", { exact: true }).fill(word);
      await desk.getByRole("button", { name: "Save password" }).click();
      await expect(desk.getByText("Your new password holds.")).toBeVisible();
      // Everywhere else it's over, and the link is used up.
      await page.goto(account(place));
      await expect(page).toHaveURL(/\/sign-in/);
      await page.goto(link);
      await expect(page.getByRole("heading", { name: "This link doesn’t work any more" })).toBeVisible();
      await givePassword(desk, place.admin, word);
      await desk.getByRole("link", { name: "Use a recovery code" }).click();
      await desk.getByRole("textbox", { name: "Recovery code" }).fill(codes[0] ?? "");
      await desk.getByRole("button", { name: "Sign in" }).click();
      await expect(desk).toHaveURL(new RegExp(`/d/${place.slug}`));
    });
  });
}

test("every page of it is accessible and fits, on the narrowest phone as at a desk", async ({ browser }) => {
  test.setTimeout(300_000);
  const { page, place } = await atNewDistrict(browser, onPhone);
  const check = () => expectFine(page);
  await page.goto(account(place));
  await check();
  await page.goto(`${account(place)}/second-factor`);
  await page.getByText("You can’t scan it").click();
  await check();
  await enrol(page);
  await check();
  for (const path of ["", "/recovery-codes", "/second-factor", "/second-factor/off"]) {
    await page.goto(account(place) + path);
    await check();
  }
  await growOld(place.admin);
  await page.goto(`/d/${place.slug}/confirm`);
  await check();
  await page.goto(`/d/${place.slug}/admin/settings`);
  await check();
  await signOut(page);
  await check();
  await page.goto("/sign-in/forgot");
  await check();
  await page.goto("/sign-in/forgot?sent=1");
  await check();
  await page.goto("/sign-in/help");
  await check();
  await page.goto("/new-password/nothing");
  await check();
  await page.goto("/sign-in");
  await givePassword(page, place.admin);
  await expect(codeField(page)).toBeVisible();
  await check();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator(".summary")).toBeVisible();
  await check();
  await page.getByRole("link", { name: "Use a recovery code" }).click();
  await check();
  await asOwner("delete from half_session where user_id = (select id from app_user where email = $1)", [place.admin]);
  await page.getByRole("textbox", { name: "Recovery code" }).fill("0000-0000-0000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("That took too long.")).toBeVisible();
  await check();
});
