import { type APIRequestContext, type APIResponse, type Browser, expect, request } from "@playwright/test";
import type pg from "pg";
import { figure, times } from "../../support/figures";
import { atDesk, type DemoDistrict, type DemoRole } from "../support/sign-in";
import { test } from "../support/test";
import type { BuiltAction } from "./built";
import {
  actions,
  ask,
  call,
  connectAsOwner,
  digest,
  filled,
  idsOf,
  inDistricts,
  leadsToSignIn,
  ownFields,
  pages,
  routes,
  wasRefused,
} from "./calls";
import { makeDistricts, makeRetention, signedIn } from "./districts";
import { actionNeeds, pathNeeds } from "./matrix";

/**
 * An attacker's view: every action, page and route of the build, found in its manifests, called by people who may not. The victim is
 * Maple Grove; whoever isn't let in gets *not there* or the sign-in page, and no row of the district changes.
 */
const victim = "maple-grove";
const stranger = "stranger-1";
let owner: pg.Pool;
let ids: Record<string, string>;

test.beforeAll(async () => {
  owner = await connectAsOwner();
  await makeRetention(owner, `d.slug = '${victim}'`);
  ids = await idsOf(owner, victim);
  await makeDistricts(owner, "stranger", 3);
});
test.afterAll(() => owner.end());

test("everything that the build serves is in the matrix, and nothing else", () => {
  expect(actions.map(({ name }) => name).sort()).toEqual(Object.keys(actionNeeds).sort());
  expect([...pages, ...routes].sort()).toEqual(Object.keys(pathNeeds).sort());
});

test("anonymous", async ({ baseURL }) => {
  const nobody = await request.newContext({ baseURL: baseURL as string, maxRedirects: 0 });
  await unchanged("anonymous", async (refused) => {
    for (const path of [...pages, ...routes]) {
      const answer = await ask(nobody, at(path));
      const text = await answer.text();
      refused(path, (leadsToSignIn(answer) || answer.status() === 404) && !text.includes("Maple Grove"), answer);
    }
    for (const action of inDistricts()) {
      const answer = await attack(nobody, action, { fields: ids });
      refused(action.name, leadsToSignIn(answer), answer);
    }
  });
});

test("somebody of another district, at this district's address", async () => {
  const admin = await signedIn(owner, `admin@${stranger}.example`);
  await unchanged("of another district", async (refused) => {
    for (const path of [...pages, ...routes]) {
      const answer = await ask(admin, at(path));
      refused(path, answer.status() === 404, answer);
    }
    for (const action of inDistricts()) {
      const answer = await attack(admin, action, { fields: ids });
      refused(action.name, answer.status() === 404, answer);
    }
  });
});

test("somebody of another district, at their own address with this district's ids", async () => {
  const admin = await signedIn(owner, `admin@${stranger}.example`);
  await unchanged("of another district", async (refused) => {
    for (const path of [...pages, ...routes].filter((one) => /\[(?!district)/.test(one))) {
      const answer = await ask(admin, at(path, stranger));
      const text = answer.status() === 200 ? await answer.text() : "";
      refused(path, answer.status() < 500 && !text.includes("Maple Grove"), answer);
    }
    for (const action of inDistricts().filter(({ name }) => !/endSessions|changePassword/.test(name))) {
      const answer = await attack(admin, action, { fields: ids }, stranger);
      refused(action.name, answer.status() < 500, answer);
    }
  });
});

test("what is sent with the attacks is what the forms send: with one's own ids it's done", async ({ baseURL: _ }, {
  retry,
}) => {
  const neighbor = `stranger-${2 + retry}`;
  const admin = await signedIn(owner, `admin@${neighbor}.example`);
  const own = await idsOf(owner, neighbor);
  // What is confirmed can't be withdrawn any more: that one is for the record that is proposed last.
  const names = [
    "saveRule",
    "liftHold",
    "confirmPurge",
    "propose",
    "withdrawProposal",
    "addSchoolBreak",
    "removeSchoolBreak",
    "addFederalHolidays",
    "saveAnswerDays",
  ];
  const done: string[] = [];
  for (const name of names) {
    const action = inDistricts().find((one) => one.name.endsWith(` ${name}Action`)) as BuiltAction;
    const fields = name === "withdrawProposal" ? await idsOf(owner, neighbor) : own;
    const path = filled(action.page, neighbor, fields);
    const answer = await call(admin, action, neighbor, {
      path,
      fields: { ...fields, ...ownFields(action.name, fields) },
    });
    if (answer.headers()["x-action-redirect"] && !leadsToSignIn(answer)) done.push(name);
  }
  expect(done).toEqual(names);
});

test("a member without the permission", async ({ browser }) => {
  const staff = await someone(browser, "staff", victim);
  await unchanged("without the permission", async (refused) => {
    for (const path of [...pages, ...routes].filter((one) => pathNeeds[one] !== "member")) {
      const answer = await ask(staff, at(path));
      refused(path, answer.status() === 404, answer);
    }
    for (const action of inDistricts().filter(({ name }) => actionNeeds[name] !== "member")) {
      const answer = await attack(staff, action, { fields: ids });
      refused(action.name, answer.status() === 404, answer);
    }
  });
});

test("a copied cookie after the person has signed out", async ({ browser, baseURL }) => {
  const page = await atDesk(browser, "clerk", victim, { javaScriptEnabled: false });
  const copied = await request.newContext({
    baseURL: baseURL as string,
    storageState: await page.context().storageState(),
    maxRedirects: 0,
  });
  expect((await copied.get(`/d/${victim}/cases`)).status()).toBe(200);
  await page.getByRole("button", { name: /your account$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await unchanged("with a revoked session", async (refused) => {
    for (const path of [...pages, ...routes]) {
      const answer = await ask(copied, at(path));
      refused(path, leadsToSignIn(answer) || (routes.includes(path) && answer.status() === 404), answer);
    }
    for (const action of inDistricts()) {
      const answer = await attack(copied, action, { fields: ids });
      refused(action.name, leadsToSignIn(answer), answer);
    }
  });
});

test("garbled arguments and ids: refused, and never an error of ours", async ({ browser }) => {
  const admin = await someone(browser, "admin", victim);
  await unchanged("malformed", async (refused) => {
    const args = ["[]", '[{"x":1},null,"$K1"]', '["../..",{},"$K1"]', "[[[]]]", "not json"];
    const names = ["nobody", "%00", "..%2f..", "00000000-0000-0000-0000-00000000000g", "é".repeat(300)];
    for (const [at, action] of inDistricts().entries()) {
      for (const garbled of someOf(args, at)) {
        const answer = await attack(admin, action, { args: garbled });
        refused(`${action.name} with ${garbled}`, answer.status() !== 200, answer);
      }
    }
    for (const [at, path] of [...pages, ...routes].filter((one) => /\[(?!district)/.test(one)).entries()) {
      for (const garbled of someOf(names, at)) {
        const answer = await ask(admin, path.replace("[district]", victim).replaceAll(/\[\w+\]/g, garbled));
        // A search that nothing was typed into finds nothing, wherever it's asked.
        const nothing = answer.status() === 200 && (await answer.text()).length < 100;
        refused(
          `${path} with ${garbled.slice(0, 40)}`,
          nothing || (answer.status() >= 300 && answer.status() < 500),
          answer,
        );
      }
    }
  });
});

test("no Origin or a foreign one: nothing is done", async ({ browser, baseURL }) => {
  const admin = await someone(browser, "admin", victim);
  const before = await digest(owner, victim);
  const origins = ["", "https://evil.example", "null", `${baseURL}.evil.example`];
  const executed: string[] = [];
  let tried = 0;
  for (const origin of origins) {
    const from = origin || "nowhere";
    // Signing out is public, and a mutation all the same.
    for (const action of actions.filter(({ name }) => actionNeeds[name] !== "public" || /signOut/.test(name))) {
      tried++;
      const answer = await attack(admin, action, { fields: ids, origin });
      if (!(await wasRefused(answer)) && !/sign-in/.test(answer.headers()["x-action-redirect"] ?? ""))
        executed.push(`${action.name} from ${from}: ${answer.status()}`);
    }
    for (const path of routes) {
      const answer = await admin.post(at(path), {
        headers: origin === "" ? {} : { origin },
        data: Buffer.from("Attacked"),
        maxRedirects: 0,
      });
      if (answer.status() !== 405) tried++;
      if (answer.status() < 400) executed.push(`${path} from ${from}: ${answer.status()}`);
    }
  }
  const after = await digest(owner, victim);
  for (const [table, hash] of Object.entries(after)) if (before[table] !== hash) executed.push(`${table} changed`);
  expect((await admin.get(`/d/${victim}/cases`)).status(), "still signed in").toBe(200);
  figure(16, { executed: executed.length }, { mutations: tried });
  expect(executed).toEqual([]);
});

async function someone(browser: Browser, role: DemoRole, district: DemoDistrict): Promise<APIRequestContext> {
  return (await atDesk(browser, role, district)).context().request;
}

/** Of the ways to garble two for each action and address, every next one beginning with another way; `npm run trust` takes all five. */
const garblings = times("BATON_GARBLINGS", 2);
const someOf = (ways: readonly string[], at: number): string[] =>
  Array.from({ length: garblings }, (_, i) => ways[(at + i) % ways.length] as string);

const at = (path: string, slug: string = victim) => filled(path, slug, ids);
const attack = (
  caller: APIRequestContext,
  action: BuiltAction,
  more: Partial<Parameters<typeof call>[3]> = {},
  slug: string = victim,
) =>
  call(caller, action, slug, {
    path: at(action.page, slug),
    ...more,
    ...(more.fields ? { fields: { ...more.fields, ...ownFields(action.name, more.fields) } } : {}),
  });

type Refused = (what: string, was: boolean, answer: APIResponse) => void;

/** Counts what was refused, of a column of the matrix; fails where something wasn't, or where a row of the victim's changes meanwhile. */
async function unchanged(column: string, work: (refused: Refused) => Promise<void>): Promise<void> {
  const before = await digest(owner, victim);
  const letIn: string[] = [];
  let tried = 0;
  await work((what, was, answer) => {
    tried++;
    if (!was) letIn.push(`${what}: ${answer.status()}`);
  });
  figure(5, { refused: { found: tried - letIn.length, of: tried } }, { [column]: tried });
  expect(letIn).toEqual([]);
  expect(await digest(owner, victim)).toEqual(before);
}
