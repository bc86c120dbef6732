import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import type { DemoDistrict } from "./sign-in";

const letters: Record<string, string> = { "&quot;": '"', "&#x27;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const plain = (html: string) => html.replaceAll(/&(?:quot|#x27|lt|gt|amp);/g, (entity) => letters[entity] ?? entity);

/**
 * Posts a page's form as a browser without script would, but past the browser, which is many times as quick: for what a test only begins
 * with. Gives the path that the answer leads to.
 */
async function postForm(page: Page, path: string, id: string, fields: Record<string, string>): Promise<string> {
  const html = await (await page.request.get(path)).text();
  const form = new RegExp(`<form id="${id}"[^]*?</form>`).exec(html)?.[0] ?? "";
  // What is in the form already: hidden fields, and what its lists begin with.
  const given: Record<string, string> = {};
  for (const [, name = "", value = ""] of form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?\/>/g))
    given[name] = plain(value);
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([^]*?)<\/select>/g)) {
    const all = options.match(/<option[^>]*>/g) ?? [];
    const chosen = all.find((option) => option.includes(" selected")) ?? all[0] ?? "";
    given[name] = plain(/ value="([^"]*)"/.exec(chosen)?.[1] ?? "");
  }
  const origin = `http://localhost:${process.env.BATON_TEST_PORT}`;
  const answer = await page.request.post(path, {
    headers: { origin },
    multipart: { ...given, ...fields },
    maxRedirects: 0,
  });
  expect(answer.status(), `the form ${id} of ${path}`).toBe(303);
  return new URL(answer.headers().location ?? "", origin).pathname;
}

/** A name that no other test has, and that resembles none: of two students with nearly one name the form asks whether they're one. */
export const newFamily = (): string =>
  Array.from(randomBytes(10), (byte) => String.fromCharCode(97 + (byte % 26))).join("");

/** Adds a student by hand: Imani, born on May 2 of 2012 or another year. Gives the path of their page. */
export const addStudent = (
  page: Page,
  district: DemoDistrict,
  familyName: string,
  sisId: string,
  year = 2012,
): Promise<string> =>
  postForm(page, `/d/${district}/students/add`, "student", {
    givenName: "Imani",
    familyName,
    birthDate: `${year}-05-02`,
    sisId,
  });

/** Opens a case about somebody who isn't on the roster. */
export const addCase = (page: Page, district: DemoDistrict, givenName: string, familyName: string): Promise<string> =>
  postForm(page, `/d/${district}/cases/new?who=person`, "case", { givenName, familyName, level: "moderate" });
