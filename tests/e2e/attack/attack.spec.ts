import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type APIRequestContext, type APIResponse, type Browser, expect, request, test } from "@playwright/test";
import pg from "pg";
import { runningSettings } from "@/lib/run/embedded";
import { atDesk, type DemoDistrict, type DemoRole } from "../support/sign-in";
import { type BuiltAction, builtActions, builtPaths } from "./built";
import { actionNeeds, pathNeeds } from "./matrix";

/**
 * An attacker's view: every action, page and route of the build, found in its manifests, called by people who may not. The victim is
 * Maple Grove; whoever isn't let in gets *not there* or the sign-in page, and no row of the district changes.
 */
const victim = "maple-grove";
const actions = builtActions();
const { pages, routes } = builtPaths();
let owner: pg.Client;
let ids: Record<string, string>;

test.beforeAll(async () => {
  const settings = await runningSettings(join(tmpdir(), `baton-e2e-${process.env.BATON_TEST_PORT}`));
  owner = new pg.Client(settings?.DATABASE_ADMIN_URL);
  await owner.connect();
  ids = await idsOf(victim);
});
test.afterAll(() => owner.end());

test("everything that the build serves is in the matrix, and nothing else", () => {
  expect(actions.map(({ name }) => name).sort()).toEqual(Object.keys(actionNeeds).sort());
  expect([...pages, ...routes].sort()).toEqual(Object.keys(pathNeeds).sort());
});

test("anonymous", async ({ baseURL }) => {
  const nobody = await request.newContext({ baseURL: baseURL as string, maxRedirects: 0 });
  await unchanged(async () => {
    for (const path of [...pages, ...routes]) {
      const answer = await ask(nobody, filled(path, victim));
      expect.soft(leadsToSignIn(answer) || answer.status() === 404, `GET ${path}: ${answer.status()}`).toBe(true);
      expect.soft(await answer.text(), path).not.toContain("Maple Grove");
    }
    for (const action of inDistricts()) {
      const answer = await call(nobody, action, victim);
      expect.soft(leadsToSignIn(answer), `${action.name}: ${answer.status()}`).toBe(true);
    }
  });
});

test("somebody of another district, at this district's address", async ({ browser }) => {
  const stranger = await someone(browser, "admin", "riverbend");
  await unchanged(async () => {
    for (const path of [...pages, ...routes]) {
      const answer = await ask(stranger, filled(path, victim));
      expect.soft(answer.status(), `GET ${path}`).toBe(404);
    }
    for (const action of inDistricts()) {
      const answer = await call(stranger, action, victim);
      expect.soft(answer.status(), action.name).toBe(404);
    }
  });
});

test("somebody of another district, at their own address with this district's ids", async ({ browser }) => {
  const stranger = await someone(browser, "admin", "riverbend");
  await unchanged(async () => {
    for (const path of [...pages, ...routes].filter((one) => /\[(?!district)/.test(one))) {
      const answer = await ask(stranger, filled(path, "riverbend"));
      expect.soft(answer.status(), `GET ${path}`).toBeLessThan(500);
      expect.soft(answer.status() === 200 ? await answer.text() : "", path).not.toContain("Maple Grove");
    }
    for (const action of inDistricts().filter(({ name }) => !/endSessions|changePassword/.test(name))) {
      const answer = await call(stranger, action, "riverbend", ids);
      expect.soft(answer.status(), action.name).toBeLessThan(500);
    }
  });
});

test("a member without the permission", async ({ browser }) => {
  const staff = await someone(browser, "staff", victim);
  await unchanged(async () => {
    for (const path of [...pages, ...routes].filter((one) => pathNeeds[one] !== "member")) {
      const answer = await ask(staff, filled(path, victim));
      expect.soft(answer.status(), `GET ${path}`).toBe(404);
    }
    for (const action of inDistricts().filter(({ name }) => actionNeeds[name] !== "member")) {
      const answer = await call(staff, action, victim);
      expect.soft(answer.status(), action.name).toBe(404);
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
  await unchanged(async () => {
    for (const path of pages) {
      const answer = await copied.get(filled(path, victim));
      expect.soft(leadsToSignIn(answer), `GET ${path}: ${answer.status()}`).toBe(true);
    }
    for (const action of inDistricts()) {
      const answer = await call(copied, action, victim);
      expect.soft(leadsToSignIn(answer), `${action.name}: ${answer.status()}`).toBe(true);
    }
  });
});

test("no Origin, a foreign one, garbled arguments: refused, and never an error of ours", async ({ browser }) => {
  const admin = await someone(browser, "admin", victim);
  await unchanged(async () => {
    for (const action of inDistricts()) {
      for (const origin of ["", "https://evil.example", "null"]) {
        const answer = await call(admin, action, victim, ids, { origin });
        expect
          .soft(await wasRefused(answer), `${action.name} from ${origin || "nowhere"}: ${answer.status()}`)
          .toBe(true);
      }
      for (const garbled of ["[]", '[{"x":1},null,"$K1"]', '["../..",{},"$K1"]', "[[[]]]", "not json"]) {
        const answer = await call(admin, action, victim, {}, { args: garbled });
        expect.soft(answer.status(), `${action.name} with ${garbled}`).not.toBe(200);
      }
    }
  });
});

const inDistricts = () => actions.filter(({ name }) => actionNeeds[name] !== "public");

async function someone(browser: Browser, role: DemoRole, district: DemoDistrict): Promise<APIRequestContext> {
  return (await atDesk(browser, role, district)).context().request;
}

/** Asks for a page or a route; what takes only what's posted is posted to, from a page of ours. */
async function ask(caller: APIRequestContext, path: string): Promise<APIResponse> {
  const answer = await caller.get(path, { maxRedirects: 0 });
  return answer.status() === 405
    ? caller.post(path, { headers: { origin: ownOrigin() }, form: { q: "a" }, maxRedirects: 0 })
    : answer;
}

const ownOrigin = () => `http://localhost:${process.env.BATON_TEST_PORT}`;

/** Calls an action as React does: arguments as one part, the fields of its form beside it. */
function call(
  caller: APIRequestContext,
  action: BuiltAction,
  slug: string,
  fields: Record<string, string> = {},
  { origin, args }: { origin?: string; args?: string } = {},
): Promise<APIResponse> {
  const base = ownOrigin();
  const form = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]));
  return caller.post(base + filled(action.page, slug), {
    headers: {
      "next-action": action.id,
      accept: "text/x-component",
      ...(origin === "" ? {} : { origin: origin ?? base }),
    },
    multipart: { ...form, 0: args ?? JSON.stringify([slug, { status: "idle" }, "$K1"]), "1": "" },
    maxRedirects: 0,
  });
}

const leadsToSignIn = (answer: APIResponse) =>
  /\/sign-in/.test(answer.headers().location ?? "") || /\/sign-in/.test(answer.headers()["x-action-redirect"] ?? "");

/** A refusal of Next's own, or of the wrapper: no page of the answer, no redirect on. */
async function wasRefused(answer: APIResponse): Promise<boolean> {
  return answer.status() >= 400 || /come from a page of Baton/.test(await answer.text());
}

/** Puts the victim's own ids into a path, so that nothing is refused merely because it isn't anywhere. */
function filled(path: string, slug: string): string {
  return path.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
    if (name === "district") return slug;
    if (name !== "id") return ids[name] ?? randomUUID();
    const room =
      /\/(cases|students|case-transfers|document-transfers|record-requests|attachments|documents)\/\[id\]/.exec(
        path,
      )?.[1];
    return ids[`${room}/id`] ?? randomUUID();
  });
}

/** An id of each kind of thing that the district has, under the names that paths and forms use. */
async function idsOf(slug: string): Promise<Record<string, string>> {
  const { rows } = await owner.query<Record<string, string>>(
    `select (select id from "case" where district_id = d.id limit 1) "case", (select id from student where district_id = d.id limit 1) student,
       (select id from attachment where district_id = d.id limit 1) attachment, (select id from building where district_id = d.id limit 1) building,
       (select id from team where district_id = d.id limit 1) team, (select id from membership where district_id = d.id limit 1) member,
       (select id from note where district_id = d.id limit 1) note, (select id from document where district_id = d.id limit 1) document,
       (select id from transfer t where t.kind = 'cases' and d.id in (t.sending_district_id, t.receiving_district_id) and (select r.id from district r where r.slug = 'riverbend') not in (t.sending_district_id, t.receiving_district_id) limit 1) transfer,
       (select id from dispatch where district_id = d.id limit 1) dispatch
     from district d where d.slug = $1`,
    [slug],
  );
  const found = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, id]) => [name, id ?? randomUUID()]));
  const get = (name: string) => found[name] as string;
  return {
    ...found,
    user: get("member"),
    "cases/id": get("case"),
    "students/id": get("student"),
    "attachments/id": get("attachment"),
    "documents/id": get("document"),
    "case-transfers/id": get("transfer"),
    "document-transfers/id": get("transfer"),
    id: get("case"),
    caseId: get("case"),
    studentId: get("student"),
    buildingId: get("building"),
    teamId: get("team"),
    managerId: get("member"),
    leaderId: get("member"),
    userId: get("member"),
    membershipId: get("member"),
    ownerId: get("member"),
    noteId: get("note"),
    transferId: get("transfer"),
    transfer: get("transfer"),
    dispatchId: get("dispatch"),
    documentId: get("document"),
    name: "Attacked",
    title: "Attacked",
    body: "Attacked",
    text: "Attacked",
    reason: "Attacked",
    confirm: "on",
    version: "1",
  };
}

/** Fails when a row of the victim's changes meanwhile. What signing in and reading write, and mails, don't count. */
async function unchanged(work: () => Promise<void>): Promise<void> {
  const before = await digest();
  await work();
  expect(await digest()).toEqual(before);
}

async function digest(): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select c.relname::text name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all (array['audit', 'audit_head', 'mail', 'transfer_event'])`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ digest: string }>(
      `select md5(coalesce(string_agg(x::text, '' order by x::text), '')) digest from ${pg.escapeIdentifier(name)} x where x.district_id = (select id from district where slug = $1)`,
      [victim],
    );
    found[name] = rows[0]?.digest ?? "";
  }
  return found;
}
