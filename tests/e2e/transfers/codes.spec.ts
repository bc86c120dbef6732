import { expect } from "@playwright/test";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import { giveCode, openAccept, openTransfer, problem, readCodes, requests, rowOf, send, wrongCode } from "./steps";

test("a garbled code costs no try, five wrong ones lock, a new code opens", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "riverbend");
  const receiver = await atDesk(browser, "manager", "lakeview");
  const { code, reference } = await send(sender, "riverbend", "lakeview");
  await openAccept(receiver, "lakeview", reference);
  const says = (text: RegExp | string) => expect(problem(receiver)).toContainText(text);

  await giveCode(receiver, "");
  await says("Type the authorization code");
  await giveCode(receiver, code.slice(0, -2));
  await says("The code has 16 letters and digits.");
  await giveCode(receiver, `${code.slice(0, -1)}!`);
  await says("There’s a character in it that no code has.");
  const symbol = code[0] === "2" ? "3" : "2";
  await giveCode(receiver, symbol + code.slice(1));
  await says("One of the 16 symbols is mistyped.");
  await says("This cost no try.");

  for (const left of [
    "4 of 5 tries are left",
    "3 of 5 tries are left",
    "2 of 5 tries are left",
    "1 of 5 tries is left",
  ]) {
    await giveCode(receiver, wrongCode);
    await says(left);
  }
  await expect(receiver.getByText("1 of 5 tries left")).toBeVisible();
  await giveCode(receiver, wrongCode);
  await says("Five wrong codes: this transfer is locked.");
  await expect(receiver.getByRole("button", { name: "Accept Transfer" })).toHaveCount(0);

  await receiver.goto(`${requests("lakeview")}?in-q=${reference}`);
  await expect(rowOf(receiver, reference)).toContainText("Locked");
  await expect(rowOf(receiver, reference)).toContainText("Five wrong codes. Ask Riverbend USD for a new one");
  await expect(receiver.getByRole("link", { name: `Accept ${reference}` })).toHaveCount(0);

  await sender.goto(`${requests("riverbend")}?out-q=${reference}`);
  await expect(rowOf(sender, reference)).toContainText("Locked");
  await sender.getByRole("link", { name: `New code for ${reference}` }).click();
  await expect(sender.getByRole("link", { name: "Keep the code" })).toBeFocused();
  await sender.getByRole("button", { name: "New code" }).click();
  const [fresh = ""] = await readCodes(sender);
  expect(fresh).not.toBe(code);
  await sender.getByRole("link", { name: "Done" }).click();
  await expect(sender.getByRole("link", { name: `Show the code of ${reference}` })).toBeVisible();
  await openTransfer(sender, "riverbend", "out", reference);
  await expect(sender.getByText("issued a new code")).toBeVisible();
  await expect(sender.getByText("had the code shown").last()).toBeVisible();

  await openAccept(receiver, "lakeview", reference);
  await giveCode(receiver, code);
  await says("4 of 5 tries are left");
  await giveCode(receiver, fresh);
  await expect(receiver.getByRole("heading", { name: `Case details for ${reference}` })).toBeVisible();
});

test("the sender’s people see the code again, each showing on demand; others don’t", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const { code, reference } = await send(sender, "lakeview", "riverbend");
  const colleague = await atDesk(browser, "admin", "lakeview");
  await openTransfer(colleague, "lakeview", "out", reference);
  expect(await colleague.content()).not.toContain(code.slice(0, 9));
  await colleague.getByRole("button", { name: "Show the code" }).click();
  expect(await readCodes(colleague)).toEqual([code]);
  await expect(colleague.getByRole("button", { name: "Print letter" })).toBeVisible();

  // In print the letter stands alone, and names no student.
  await colleague.emulateMedia({ media: "print" });
  await expect(colleague.getByRole("heading", { name: `Authorization code for transfer ${reference}` })).toBeVisible();
  await expect(colleague.getByRole("heading", { name: "Timeline" })).toBeHidden();

  const staff = await atDesk(browser, "staff", "lakeview");
  const response = await staff.goto(colleague.url());
  expect(response?.status()).toBe(404);
  const clerk = await atDesk(browser, "clerk", "riverbend");
  expect((await clerk.goto(requests("riverbend")))?.status()).toBe(404);
});
