import { expect } from "@playwright/test";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import { accept, giveCode, openAccept, openTransfer, problem, requests, rowOf, send } from "./steps";

test("rejecting asks for a reason, which the sender reads", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const { reference } = await send(sender, "lakeview", "riverbend");
  await receiver.goto(`${requests("riverbend")}?in-q=${reference}`);
  await receiver.getByRole("link", { name: `Reject ${reference}` }).click();
  await expect(receiver.getByRole("link", { name: "Keep it" })).toBeFocused();
  await receiver.getByRole("button", { name: "Reject transfer" }).click();
  await expect(problem(receiver)).toContainText("Say why: the other district reads it.");
  await receiver.getByLabel("Reason").fill("Never enrolled here");
  await receiver.getByRole("button", { name: "Reject transfer" }).click();
  await expect(receiver.getByText("The transfer is rejected.")).toBeVisible();

  await sender.goto(`${requests("lakeview")}?out-q=${reference}`);
  await expect(rowOf(sender, reference)).toContainText("Rejected");
  await expect(rowOf(sender, reference)).toContainText("“Never enrolled here”");
  await expect(sender.getByRole("link", { name: `Cancel ${reference}` })).toHaveCount(0);
});

test("cancelling takes a pending transfer back; who types its code then is told", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "riverbend");
  const receiver = await atDesk(browser, "manager", "lakeview");
  const { code, reference } = await send(sender, "riverbend", "lakeview");
  await openAccept(receiver, "lakeview", reference);

  await sender.goto(`${requests("riverbend")}?out-q=${reference}`);
  await sender.getByRole("link", { name: `Cancel ${reference}` }).click();
  await expect(sender.getByRole("link", { name: "Keep it" })).toBeFocused();
  await sender.getByRole("button", { name: "Cancel transfer" }).click();
  await expect(sender.getByText("The transfer is cancelled.")).toBeVisible();

  await giveCode(receiver, code);
  await expect(problem(receiver)).toContainText("Somebody was faster: this transfer has been decided already.");
  await expect(receiver.getByLabel("Authorization code")).toHaveCount(0);
  await expect(receiver.getByText("The code comes by phone")).toHaveCount(0);
  await receiver.getByRole("link", { name: "See its details" }).click();
  await expect(receiver.getByText("Cancelled").first()).toBeVisible();
  await expect(receiver.getByText("Their staff").first()).toBeVisible();
});

test("leaving midway loses nothing: a colleague goes on, leaves one out, links one and saves", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const sending = await send(sender, "lakeview", "riverbend", 3);
  await accept(receiver, "riverbend", sending);
  await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.locator("#intake").getByLabel("Team", { exact: true }).selectOption({ index: 1 });
  const team = await receiver.locator("#intake").getByLabel("Team", { exact: true }).inputValue();
  await receiver.getByLabel(/Apply to all/).check();
  await receiver.getByRole("button", { name: "Next case" }).click();
  await expect(receiver.getByText("1 of 3 cases entered")).toBeVisible();
  // What was chosen for all stands there already.
  await expect(receiver.locator("#intake").getByLabel("Team", { exact: true })).toHaveValue(team);

  await receiver.goto(`${requests("riverbend")}?in-q=${sending.reference}`);
  await expect(rowOf(receiver, sending.reference)).toContainText("Details needed");
  await expect(rowOf(receiver, sending.reference)).toContainText("1 of 3 entered, by");

  const colleague = await atDesk(browser, "admin", "riverbend");
  await colleague.goto(`${requests("riverbend")}?in-q=${sending.reference}`);
  await colleague.getByRole("link", { name: `Resume ${sending.reference}` }).click();
  await expect(colleague.getByText("1 of 3 cases entered")).toBeVisible();
  await expect(colleague.getByText("You are here")).toBeVisible();

  // Saving early says what is left, and keeps what was entered.
  await colleague.getByRole("radio", { name: /Leave out/ }).check();
  await colleague.getByRole("button", { name: "Save", exact: true }).click();
  await expect(problem(colleague)).toContainText("Say why the case is left out.");
  await colleague.getByLabel("Reason").fill("Lives elsewhere by now");
  await colleague.getByRole("button", { name: "Save", exact: true }).click();
  await expect(colleague.getByText("1 case still needs details before you can save.")).toBeVisible();

  await colleague.getByRole("radio", { name: /Link to existing student/ }).check();
  // It searches while somebody types, and nobody found is ticked by themselves, nor by Enter.
  await colleague.getByLabel("Another student of the roster").fill("a");
  await expect(colleague.getByText(/found for “a”/)).toBeVisible();
  await colleague.getByLabel("Another student of the roster").press("Enter");
  await expect(colleague).not.toHaveURL(/q=/);
  const students = colleague.getByRole("group", { name: "Which student?" }).getByRole("radio");
  await expect(students.last()).not.toBeChecked();
  expect(await students.evaluateAll((all) => all.filter((one) => (one as HTMLInputElement).checked).length)).toBe(0);
  await colleague.getByRole("button", { name: "Save 2 cases" }).click();
  await expect(problem(colleague)).toContainText("Search for the student and choose one");

  // Somebody of another name takes a second yes; and nobody looks after the case yet.
  await students.last().check();
  await colleague.getByRole("button", { name: "Save 2 cases" }).click();
  await expect(problem(colleague)).toContainText("differs from the transfer’s. Tick that it’s the same person");
  await colleague.getByRole("checkbox", { name: /This is the same student although/ }).check();
  await expect(colleague.getByText("Nobody looks after this case and 1 case more yet.")).toBeVisible();
  await colleague.getByRole("button", { name: "I look after them" }).click();
  await expect(colleague.getByText(/Nobody looks after/)).toHaveCount(0);
  await colleague.getByRole("button", { name: "Save 2 cases" }).click();
  await expect(colleague.getByText("2 cases are in your district now.")).toBeVisible();
  await expect(colleague.getByText(/Test-[a-z]+, Person \d → linked to/)).toBeVisible();
  await expect(colleague.getByText(/Nobody looks after/)).toHaveCount(0);
  await expect(colleague.getByText("“Lives elsewhere by now”")).toBeVisible();

  await openTransfer(sender, "lakeview", "out", sending.reference);
  await expect(sender.getByText("Completed").first()).toBeVisible();
});

test("who comes back to what is decided sees it as it stands, not the form as if nothing was sent", async ({
  browser,
}) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const sending = await send(sender, "lakeview", "riverbend");
  await sender.goBack();
  await expect(sender.locator(".code-g").first()).toBeVisible();
  await expect(sender.getByRole("heading", { name: "Transfer to District" })).toHaveCount(0);

  await accept(receiver, "riverbend", sending);
  await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.getByRole("button", { name: "Save 1 case" }).click();
  await expect(receiver.getByText("1 case is in your district now.")).toBeVisible();
  await expect(receiver.getByText("Nobody looks after it yet.")).toBeVisible();
  await receiver.goBack();
  await expect(receiver.getByRole("heading", { name: `Transfer ${sending.reference}` })).toBeVisible();
  await expect(receiver.getByRole("heading", { name: /Case details for/ })).toHaveCount(0);
});

test("of two who save at once the second is told, and led to the details", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const sending = await send(sender, "lakeview", "riverbend");
  await accept(receiver, "riverbend", sending);
  const colleague = await atDesk(browser, "admin", "riverbend");
  await colleague.goto(receiver.url());
  for (const page of [receiver, colleague]) await page.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.getByRole("button", { name: "Save 1 case" }).click();
  await expect(receiver.getByText("1 case is in your district now.")).toBeVisible();
  await colleague.getByRole("button", { name: "Save 1 case" }).click();
  await expect(problem(colleague)).toContainText("Somebody was faster");
  await expect(colleague.getByRole("button", { name: "Save 1 case" })).toHaveCount(0);
  await colleague.getByRole("link", { name: "See its details" }).click();
  await expect(colleague.getByRole("heading", { name: `Transfer ${sending.reference}` })).toBeVisible();
});

test("many cases at once: those without a match are taken over as in the transfer", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const sending = await send(sender, "lakeview", "riverbend", 4);
  await accept(receiver, "riverbend", sending);
  await receiver.getByText("Several at once:").click();
  const button = receiver.getByRole("button", {
    name: /Use transfer info for the \d without a match|Link the \d that agree/,
  });
  await button.first().click();
  await expect(receiver.getByText(/cases were (taken over|linked)/)).toBeVisible();
});
