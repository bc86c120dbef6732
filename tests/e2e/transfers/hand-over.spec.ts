import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { listenForTrouble } from "../support/checks";
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
  rowOf,
  send,
  sendButton,
  tickDistrict,
  wrongCode,
} from "./steps";

test("two cases go from Lakeview to Riverbend, from the list to the saved case", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const trouble = [sender, receiver].map(listenForTrouble);

  const family = await openCases(sender, "lakeview", 1);
  await sender.goto("/d/lakeview/cases/new?who=person");
  await sender.getByLabel("First name").fill("Person 2");
  await sender.getByLabel("Last name").fill(family);
  await sender.getByLabel("Level of concern").selectOption("moderate");
  await sender.getByRole("button", { name: "Create case" }).click();
  await expect(sender).toHaveURL(/\/cases\/[0-9a-f-]{36}/);
  const bytes = Buffer.from(`${family}\n${"A file of a case, which travels with it. ".repeat(20_000)}`);
  await sender.goto(`${new URL(sender.url()).pathname}/attach`);
  await sender.getByLabel("Files").setInputFiles({ name: "Plan.txt", mimeType: "text/plain", buffer: bytes });
  await sender.getByRole("button", { name: "Add files" }).click();
  await expect(sender.getByRole("link", { name: "Plan.txt" })).toBeVisible();
  const numbers = await chooseCases(sender, "lakeview", family);
  await expect(sender.getByRole("heading", { name: "What will travel" })).toBeVisible();
  await tickDistrict(sender, nameOf("riverbend"));
  await expect(sender.getByText("Riverbend USD gets an email without names.")).toBeVisible();
  await sender.getByLabel("Spoke with").fill("The coordinator");
  await sender.getByLabel("Notes").fill("Both begin on Monday.");
  await sendButton(sender, 2).click();

  await expect(sender.getByRole("heading", { name: "Authorization code", exact: true })).toBeVisible();
  await expect(sender.getByText("2 cases are waiting for Riverbend USD.")).toBeVisible();
  await expect(sender.getByText(/by phone or in person, never by email/).first()).toBeVisible();
  const [code = ""] = await readCodes(sender);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  const reference = await readReference(sender);
  expect(sender.url()).not.toContain(code);
  await sender.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await sender.getByRole("button", { name: "Copy" }).click();
  await expect(sender.getByText(/^Copied/)).toBeVisible();
  expect(await sender.evaluate(() => navigator.clipboard.readText())).toBe(code);

  // Before the code is given nothing here tells whom it is about.
  await receiver.goto(`${requests("riverbend")}?in-q=${reference}`);
  await expect(rowOf(receiver, reference)).toContainText("Pending");
  for (const number of numbers) await expect(receiver.getByText(number)).toHaveCount(0);
  await openAccept(receiver, "riverbend", reference);
  await giveCode(receiver, wrongCode);
  await expect(problem(receiver)).toContainText("That code doesn’t open this transfer. 4 of 5 tries are left.");
  await expect(receiver.getByLabel("Authorization code")).toHaveValue(wrongCode);
  await giveCode(receiver, ` ${code.toLowerCase().replaceAll("-", " ")} `);
  await expect(receiver.getByRole("heading", { name: `Case details for ${reference}` })).toBeVisible();
  await expect(receiver.getByText("Both begin on Monday.")).toBeVisible();
  await expect(receiver.getByText("0 of 2 cases entered")).toBeVisible();

  await receiver.getByText("What came with it:").click();
  await expect(receiver.getByText("Read-only").first()).toBeVisible();
  await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.getByRole("button", { name: "Next case" }).click();
  await expect(receiver.getByText("1 of 2 cases entered")).toBeVisible();
  await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.getByRole("button", { name: "Save 2 cases" }).click();

  await expect(receiver.getByText("2 cases are in your district now.")).toBeVisible();
  await expect(receiver.getByRole("heading", { name: `Transfer ${reference}` })).toBeVisible();
  await expect(receiver.getByText("Completed").first()).toBeVisible();
  await receiver.getByRole("listitem").filter({ hasText: "Person 2" }).getByRole("link").first().click();
  await expect(receiver.getByText(/Received from Lakeview ISD/).first()).toBeVisible();
  await receiver.getByRole("link", { name: "Plan.txt" }).click();
  const [download] = await Promise.all([
    receiver.waitForEvent("download"),
    receiver.getByRole("link", { name: "Download" }).click(),
  ]);
  expect((await readFile(await download.path())).equals(bytes)).toBe(true);

  // The original stays, and the sender sees how it ended, by whose people.
  await openTransfer(sender, "lakeview", "out", reference);
  await expect(sender.getByText("Completed").first()).toBeVisible();
  await expect(sender.getByText("Their staff").first()).toBeVisible();
  await expect(sender.getByRole("button", { name: "Show the code" })).toHaveCount(0);
  for (const number of numbers) await expect(sender.getByRole("link", { name: number })).toBeVisible();
  await expect(sender.getByRole("heading", { name: "Emails to your people" })).toBeVisible();
  expect(trouble.flat()).toEqual([]);
});

test("several destinations make a transfer each, each with its own code", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "riverbend");
  const other = await atDesk(browser, "manager", "maple-grove");
  await other.goto(requests("maple-grove"));
  await expect(other.getByRole("switch", { name: "Activate Case Transfers Between Districts" })).not.toBeChecked();
  // The district that is switched off says so, and can't be ticked.
  await chooseCases(sender, "riverbend", await openCases(sender, "riverbend", 1));
  await sender.getByLabel("District Name(s)").fill("maple");
  await expect(sender.getByText("Case transfers are switched off there.")).toBeVisible();
  await expect(sender.getByRole("checkbox", { name: /Maple Grove Schools/ })).toBeDisabled();

  await other.goto(requests("maple-grove"));
  await other.getByRole("switch", { name: "Activate Case Transfers Between Districts" }).click();
  await expect(other.getByText(/Switched on/)).toBeVisible();

  await sender.getByLabel("District Name(s)").fill("maple g");
  await sender.getByRole("checkbox", { name: /Maple Grove Schools/ }).check();
  await sender.getByLabel("District Name(s)").fill("lakeview");
  await sender.getByRole("checkbox", { name: /Lakeview ISD/ }).check();
  await expect(sender.getByRole("button", { name: /^Remove / })).toHaveCount(2);
  await sendButton(sender, 1).click();
  await expect(sender.getByRole("heading", { name: "Authorization codes" })).toBeVisible();
  const codes = await readCodes(sender);
  expect(new Set(codes).size).toBe(2);

  // Switching off says how many will wait, and the waiting ones say why.
  await other.goto(requests("maple-grove"));
  await other.getByRole("switch", { name: "Activate Case Transfers Between Districts" }).click();
  await expect(other.getByText(/^\d+ pending transfers? will wait\.$/)).toBeVisible();
  await expect(other.getByRole("link", { name: "Leave it on" })).toBeFocused();
  await other.getByRole("button", { name: "Switch off" }).click();
  await expect(other.getByText(/Switched off/)).toBeVisible();
  await expect(other.getByText("Waits: your district switched transfers off").first()).toBeVisible();
  await expect(other.getByRole("link", { name: /^Accept / })).toHaveCount(0);
  await sender.goto(requests("riverbend"));
  await expect(sender.getByText("Waits: Maple Grove Schools switched transfers off").first()).toBeVisible();
});

test("a case that waits in a transfer stays out of another to the same district, and is named", async ({ browser }) => {
  const sender = await atDesk(browser, "admin", "lakeview");
  const first = await send(sender, "lakeview", "riverbend");
  await sender.goto(`/d/lakeview/cases?status=all&q=${first.numbers[0]}`);
  await sender.getByRole("button", { name: `Actions for case ${first.numbers[0]}` }).click();
  await sender.getByRole("menuitem", { name: /Transfer to District/ }).click();
  await tickDistrict(sender, nameOf("riverbend"));
  await expect(sender.getByText(/Stays here: already in transfer/)).toBeVisible();
  await expect(sender.getByRole("link", { name: first.reference })).toBeVisible();
  await expect(sender.locator(".d-foot").getByRole("button", { name: "Transfer", exact: true })).toBeDisabled();
});

test("what was received is passed on only for a legal basis that was chosen", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "riverbend");
  await sender.goto("/d/riverbend/cases?status=all");
  const received = sender.locator("tbody tr").filter({ hasText: "Received" }).filter({ hasNotText: "In transfer" });
  await received.first().getByRole("checkbox").check();
  await sender.getByRole("button", { name: "Bulk Actions" }).click();
  await sender.getByRole("menuitem", { name: /Transfer to District/ }).click();
  await expect(sender.getByText(/is a redisclosure \(34 CFR 99\.33\)/)).toBeVisible();
  await expect(sender.getByLabel("Legal basis")).toHaveValue("");
  await tickDistrict(sender, nameOf("lakeview"));
  await sendButton(sender, 1).click();
  await expect(problem(sender)).toContainText("Choose the legal basis for passing on what you received.");
});

test("a refused sending keeps what was typed and ticked; the back button finds the codes", async ({ browser }) => {
  const sender = await atDesk(browser, "admin", "riverbend");
  await chooseCases(sender, "riverbend", await openCases(sender, "riverbend", 1));
  await sender.getByLabel("Notes").fill("ä".repeat(10_001));
  await tickDistrict(sender, nameOf("lakeview"));
  await sendButton(sender, 1).click();
  await expect(problem(sender)).toContainText("The notes have more than 10,000 characters.");
  await expect(problem(sender)).toBeFocused();
  expect((await sender.getByLabel("Notes").inputValue()).length).toBe(10_001);
  await expect(sender.getByRole("checkbox", { name: /Lakeview ISD/ })).toBeChecked();
  await sender.getByLabel("Notes").fill("ä".repeat(10_000));
  await sendButton(sender, 1).dblclick();
  await expect(sender.getByRole("heading", { name: "Authorization code", exact: true })).toBeVisible();
  const [code] = await readCodes(sender);
  await sender.goBack();
  await sender.reload();
  // Sent once: the dialog's address leads to its codes.
  await expect(sender).toHaveURL(/\/sent$/);
  expect(await readCodes(sender)).toEqual([code]);
});

test("two people give the code at the same moment: one wins, the other goes on with the work", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const sending = await send(sender, "lakeview", "riverbend");
  const [one, two] = [await atDesk(browser, "manager", "riverbend"), await atDesk(browser, "admin", "riverbend")];
  await openAccept(one, "riverbend", sending.reference);
  await openAccept(two, "riverbend", sending.reference);
  await Promise.all([giveCode(one, sending.code), giveCode(two, sending.code)]);
  for (const page of [one, two])
    await expect(page.getByRole("heading", { name: `Case details for ${sending.reference}` })).toBeVisible();
  const told = await Promise.all([one, two].map((page) => page.getByText("has already given the code.").count()));
  expect(told.toSorted()).toEqual([0, 1]);
});
