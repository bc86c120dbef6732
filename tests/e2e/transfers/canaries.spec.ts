import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { figure } from "../../support/figures";
import { atDesk } from "../support/sign-in";
import { test } from "../support/test";
import {
  accept,
  chooseCases,
  giveCode,
  nameOf,
  openAccept,
  problem,
  readCodes,
  readReference,
  sendButton,
  tickDistrict,
  wrongCode,
} from "./steps";

/**
 * Scorecard, row 15, the part that only a whole run shows: a case full of canary words goes from one district to another, and neither they nor the
 * code stand in what the server logged, in a mail, or in an address that a browser asked for. (What a person types into a search stands
 * in its address; names are searched by nobody here.) What database and storage hold: tests/integration/transfers/sealed-package.test.ts.
 */
const words = ["Kanariana", "Canarywright", "canarynote", "canarycover", "canaryfile", "canarycontent"];
const data = join(tmpdir(), `baton-e2e-${process.env.BATON_TEST_PORT}`);

test("neither names nor the code stand in logs, mails or addresses", async ({ browser }) => {
  const sender = await atDesk(browser, "manager", "lakeview");
  const receiver = await atDesk(browser, "manager", "riverbend");
  const addresses: string[] = [];
  for (const page of [sender, receiver])
    page.context().on("request", (asked) => addresses.push(`${asked.url()} ${asked.headers().referer ?? ""}`));

  const [number] = await chooseCases(sender, "lakeview", await fillCase(sender));
  await tickDistrict(sender, nameOf("riverbend"));
  await sender.getByLabel("Notes").fill("canarycover");
  await sendButton(sender, 1).click();
  await expect(sender).toHaveURL(/\/sent$/);
  const [code = ""] = await readCodes(sender);
  const reference = await readReference(sender);
  await openAccept(receiver, "riverbend", reference);
  await giveCode(receiver, wrongCode);
  await expect(problem(receiver)).toContainText("4 of 5 tries are left");
  await accept(receiver, "riverbend", { code, reference, numbers: [number ?? ""] });
  await receiver.getByRole("radio", { name: /Use transfer info/ }).check();
  await receiver.getByRole("button", { name: "Save 1 case" }).click();
  await expect(receiver.getByText("Completed").first()).toBeVisible();

  // The last mail of a transfer tells the sender that it's completed.
  const mails = () => mailsAbout(reference);
  await expect
    .poll(async () => (await mails()).filter((mail) => /completed the transfer/.test(mail)).length)
    .toBeGreaterThan(0);
  const log = (await readFile(`${data}.log`, "utf8")).split("\n");
  const wanted = [...words, code, code.replaceAll("-", ""), code.replaceAll("-", " ")].map((word) =>
    word.toLowerCase(),
  );
  const places = { log, mails: await mails(), addresses };
  const found = Object.entries(places).flatMap(([place, lines]) =>
    lines.flatMap((line) =>
      wanted
        .filter((word) =>
          decodeURIComponent(line.replaceAll(/%(?![0-9a-f]{2})/gi, "%25"))
            .toLowerCase()
            .includes(word),
        )
        .map((word) => `${place}: ${word}`),
    ),
  );
  figure(
    15,
    { found: found.length },
    { "lines of log": log.length, mails: places.mails.length, addresses: addresses.length },
  );
  expect(found).toEqual([]);
  expect(log.length).toBeGreaterThan(1);
  expect(addresses.length).toBeGreaterThan(20);
  // The net isn't torn: the page itself shows what is looked for.
  await expect(receiver.getByText(/Canarywright/).first()).toBeVisible();
});

/** Opens a case about somebody who isn't on the roster, with a note and a file. Returns its number, by which it's found. */
async function fillCase(page: Page): Promise<string> {
  await page.goto("/d/lakeview/cases/new?who=person");
  await page.getByLabel("First name").fill("Kanariana");
  await page.getByLabel("Last name").fill("Canarywright");
  await page.getByLabel("Level of concern").selectOption("moderate");
  await page.getByRole("button", { name: "Create case" }).click();
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/);
  const { pathname } = new URL(page.url());
  await page.goto(`${pathname}/note`);
  await page.getByRole("textbox", { name: "Note" }).fill("canarynote");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText("canarynote")).toBeVisible();
  await page.goto(`${pathname}/attach`);
  const buffer = Buffer.from("canarycontent ".repeat(1_000));
  await page.getByLabel("Files").setInputFiles({ name: "canaryfile.txt", mimeType: "text/plain", buffer });
  await page.getByRole("button", { name: "Add files" }).click();
  await expect(page.getByRole("link", { name: "canaryfile.txt" })).toBeVisible();
  return page
    .getByText(/^\d{4}-\d{4,}$/)
    .first()
    .innerText();
}

/** Every mail that names the transfer, as the mailbox keeps it. */
async function mailsAbout(reference: string): Promise<string[]> {
  const names = (await readdir(join(data, "mailbox"))).filter((name) => name.endsWith(".json"));
  const mails = await Promise.all(names.map((name) => readFile(join(data, "mailbox", name), "utf8")));
  return mails.filter((mail) => mail.includes(reference));
}
