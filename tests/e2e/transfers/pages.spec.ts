import { expect } from "@playwright/test";
import { expectFine as check, onPhone } from "../support/checks";
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

test("every page and dialog of a transfer is accessible and fits, on the narrowest phone as at a desk", async ({
  browser,
}) => {
  // Some forty pages, each looked at by axe twice.
  test.setTimeout(600_000);
  const sender = await atDesk(browser, "manager", "riverbend", onPhone);
  const receiver = await atDesk(browser, "manager", "lakeview", onPhone);

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
});
