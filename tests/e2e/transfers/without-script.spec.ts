import { expect } from "@playwright/test";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import {
  chooseCases,
  giveCode,
  nameOf,
  openCases,
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

test.describe("with JavaScript off", () => {
  const options = { javaScriptEnabled: false };

  test("a case is sent, accepted, entered and saved", async ({ browser }) => {
    const sender = await atDesk(browser, "manager", "lakeview", options);
    const receiver = await atDesk(browser, "manager", "riverbend", options);

    await chooseCases(sender, "lakeview", await openCases(sender, "lakeview", 2));
    await sender.getByLabel("Notes").fill("Typed before searching");
    await sender.getByLabel("Legal basis").selectOption("consent");
    await sender.getByLabel("Consent signed on").fill("2026-11-02");
    await tickDistrict(sender, nameOf("riverbend"), false);
    await sender.getByLabel("District Name(s)").fill("maple");
    await sender.locator(".dlg").getByRole("button", { name: "Search" }).click();
    // A second search keeps the tick, the notes and the legal basis; a chip's cross takes the tick away.
    await expect(sender.getByText(/found for “maple”/)).toBeVisible();
    await expect(sender.getByLabel("Notes")).toHaveValue("Typed before searching");
    await expect(sender.getByLabel("Legal basis")).toHaveValue("consent");
    await expect(sender.getByLabel("Consent signed on")).toHaveValue("2026-11-02");
    await sender.getByRole("button", { name: "Remove Riverbend USD, California" }).click();
    await sendButton(sender, 2).click();
    await expect(problem(sender)).toContainText("Tick the district that the cases go to.");
    await expect(sender.getByLabel("Notes")).toHaveValue("Typed before searching");
    await tickDistrict(sender, nameOf("riverbend"), false);
    await sendButton(sender, 2).click();
    const [code = ""] = await readCodes(sender);
    const reference = await readReference(sender);

    await receiver.goto(requests("riverbend"));
    await receiver.getByLabel("Reference or sending district").fill(reference);
    await receiver.getByRole("search", { name: "Incoming transfers" }).getByRole("button", { name: "Search" }).click();
    await expect(receiver).toHaveURL(new RegExp(`in-q=${reference}`));
    await receiver.getByRole("link", { name: `Accept ${reference}` }).click();
    await giveCode(receiver, wrongCode);
    await expect(problem(receiver)).toContainText("4 of 5 tries are left");
    await giveCode(receiver, code);
    await expect(receiver.getByText("0 of 2 cases entered")).toBeVisible();
    await expect(receiver.getByText("Typed before searching")).toBeVisible();
    await receiver.getByRole("radio", { name: /Link to existing student/ }).check();
    await receiver.getByLabel("Another student of the roster").fill("a");
    await receiver.locator("#intake").getByRole("button", { name: "Search" }).click();
    await expect(receiver.getByText(/found for “a”/)).toBeVisible();
    const students = receiver.getByRole("group", { name: "Which student?" }).getByRole("radio");
    await expect(students.last()).not.toBeChecked();
    await students.last().check();
    await receiver.getByRole("button", { name: "Next case" }).click();
    // The chosen student is still there, with the second yes to give.
    await expect(problem(receiver)).toContainText("Tick that it’s the same person");
    await receiver.getByRole("checkbox", { name: /This is the same student although/ }).check();
    await receiver.getByRole("button", { name: "I look after it" }).click();
    await expect(receiver.locator("#intake").getByLabel("Case manager", { exact: true })).not.toHaveValue("");
    await receiver.getByRole("radio", { name: /Link to existing student/ }).check();
    await receiver.getByRole("button", { name: "Next case" }).click();
    await expect(receiver.getByText("1 of 2 cases entered")).toBeVisible();
    await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
    await receiver.getByRole("button", { name: "Save 2 cases" }).click();
    await expect(receiver.getByText("2 cases are in your district now.")).toBeVisible();

    await sender.goto(`${requests("lakeview")}?out-q=${reference}`);
    await expect(rowOf(sender, reference)).toContainText("Completed");
  });

  test("showing the code, new code, cancelling and rejecting go by posting", async ({ browser }) => {
    const sender = await atDesk(browser, "admin", "lakeview", options);
    const receiver = await atDesk(browser, "admin", "riverbend", options);
    const references: string[] = [];
    for (let at = 0; at < 2; at++) references.push((await send(sender, "lakeview", "riverbend", 1, false)).reference);
    const [first = "", second = ""] = references;

    await sender.getByRole("link", { name: "See the transfer" }).click();
    await sender.getByRole("button", { name: "Show the code" }).click();
    const [before] = await readCodes(sender);
    await sender.getByRole("link", { name: "New code" }).click();
    await sender.getByRole("button", { name: "New code" }).click();
    const [after] = await readCodes(sender);
    expect(after).not.toBe(before);

    await sender.goto(`${requests("lakeview")}?out-q=${first}`);
    await sender.getByRole("link", { name: `Cancel ${first}` }).click();
    await sender.getByRole("button", { name: "Cancel transfer" }).click();
    await expect(sender.getByText("The transfer is cancelled.")).toBeVisible();

    await receiver.goto(`${requests("riverbend")}?in-q=${second}`);
    await receiver.getByRole("link", { name: `Reject ${second}` }).click();
    await receiver.getByRole("button", { name: "Reject transfer" }).click();
    await expect(problem(receiver)).toContainText("Say why");
    await receiver.getByLabel("Reason").fill("Never enrolled here");
    await receiver.getByRole("button", { name: "Reject transfer" }).click();
    await expect(receiver.getByText("The transfer is rejected.")).toBeVisible();
  });
});
