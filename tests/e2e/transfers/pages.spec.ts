import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "../support/checks";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import {
  chooseCases,
  giveCode,
  nameOf,
  openAccept,
  openCases,
  openTransfer,
  problem,
  readCodes,
  readReference,
  requests,
  sendButton,
  tickDistrict,
  wrongCode,
} from "./steps";

type Check = (page: Page) => Promise<void>;

/** Walks through every page and dialog of a transfer at two desks, and checks each as it stands. */
async function walk(browser: Browser, options: BrowserContextOptions, check: Check): Promise<void> {
  const sender = await atDesk(browser, "manager", "riverbend", options);
  const receiver = await atDesk(browser, "manager", "lakeview", options);

  await chooseCases(sender, "riverbend", await openCases(sender, "riverbend", 2));
  await check(sender);
  await tickDistrict(sender, nameOf("lakeview"));
  await sender.getByLabel("District Name(s)").fill("maple");
  await expect(sender.getByText(/found for “maple”/)).toBeVisible();
  await check(sender);
  await sender.getByLabel("Notes").fill("Notes. ".repeat(200));
  await sendButton(sender, 2).click();
  const [code = ""] = await readCodes(sender);
  await check(sender);
  const reference = await readReference(sender);

  await sender.goto(requests("riverbend"));
  await check(sender);
  await sender.goto(`${requests("riverbend")}?out-q=nothing-like-it`);
  await expect(sender.getByText("No transfer matches")).toBeVisible();
  await check(sender);
  await sender.goto(`${requests("riverbend")}/switch-off`);
  await expect(sender.getByRole("button", { name: "Switch off" })).toBeVisible();
  await check(sender);

  await openTransfer(sender, "riverbend", "out", reference);
  await sender.getByRole("button", { name: "Show the code" }).click();
  await readCodes(sender);
  await check(sender);
  await sender.getByRole("link", { name: "New code" }).click();
  await expect(sender.getByRole("heading", { name: `New code for ${reference}` })).toBeVisible();
  await check(sender);
  await sender.getByRole("link", { name: "Keep the code" }).click();
  await sender.getByRole("link", { name: "Cancel", exact: true }).click();
  await expect(sender.getByRole("button", { name: "Cancel transfer" })).toBeVisible();
  await check(sender);

  await openTransfer(receiver, "lakeview", "in", reference);
  await check(receiver);
  await receiver.getByRole("link", { name: "Reject", exact: true }).click();
  await receiver.getByRole("button", { name: "Reject transfer" }).click();
  await expect(problem(receiver)).toBeVisible();
  await check(receiver);
  await openAccept(receiver, "lakeview", reference);
  await check(receiver);
  await giveCode(receiver, wrongCode);
  await expect(problem(receiver)).toBeVisible();
  await check(receiver);
  await giveCode(receiver, code);
  await expect(receiver.getByRole("heading", { name: `Case details for ${reference}` })).toBeVisible();
  await receiver.getByText("What came with it:").click();
  await receiver.getByRole("radio", { name: /Link to existing student/ }).check();
  await receiver.getByLabel("Another student of the roster").fill("a");
  await expect(receiver.getByText(/found for “a”/)).toBeVisible();
  await check(receiver);
  await receiver.getByRole("radio", { name: /Leave out/ }).check();
  await receiver.getByRole("button", { name: "Next case" }).click();
  await expect(problem(receiver)).toBeVisible();
  await check(receiver);
  await receiver.getByLabel("Reason").fill("Not ours");
  await receiver.getByRole("button", { name: "Next case" }).click();
  await expect(receiver.getByText("1 of 2 cases entered")).toBeVisible();
  await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.getByRole("button", { name: "Save 1 case" }).click();
  await expect(receiver.getByText("1 case is in your district now.")).toBeVisible();
  await check(receiver);
}

test("axe finds nothing on any page or open dialog of a transfer", async ({ browser }) => {
  // Some forty pages, each looked at by axe.
  test.setTimeout(600_000);
  await walk(browser, { viewport: { width: 1280, height: 900 } }, expectAccessible);
});

test("on the narrowest phone, in the dark, nothing scrolls sideways and axe finds nothing", async ({ browser }) => {
  // Some forty pages, each looked at by axe.
  test.setTimeout(600_000);
  await walk(browser, { viewport: { width: 320, height: 640 }, colorScheme: "dark" }, async (page) => {
    await expectNoSideways(page);
    await expectAccessible(page);
  });
});
