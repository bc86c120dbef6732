import { readFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type pg from "pg";
import { projectRoot } from "@/lib/run/root";
import { figure } from "../../support/figures";
import { test } from "../support/test";
import { actions, connectAsOwner, digest, filled, idsOf, ownOrigin } from "./calls";
import { signedIn } from "./districts";

/**
 * Scorecard, row 17: ways round the guard, each tried by nobody, by an admin of Riverbend and by a member of Maple Grove without a
 * permission. What counts is what comes back and what changes: nothing of Maple Grove's may stand in an answer, or change.
 */
const victim = "maple-grove";
const own = "riverbend";

/** What is sent, as it is: no client mends its path. `form` makes it a POST. */
type Way = { path?: string; headers?: Record<string, string>; method?: string; form?: Record<string, string> };

let owner: pg.Pool;
let ids: Record<string, string>;
let secrets: string[];
const cookies: Record<string, string> = {};

test.beforeAll(async () => {
  owner = await connectAsOwner();
  ids = await idsOf(owner, victim);
  for (const [who, email] of [
    ["an admin of another district", `admin@${own}.example`],
    ["a member without a permission", `staff@${victim}.example`],
  ] as const) {
    const { cookies: jar } = await (await signedIn(owner, email)).storageState();
    cookies[who] = jar.map(({ name, value }) => `${name}=${value}`).join("; ");
  }
  // What stands with nobody else: case numbers, for one, begin anew in each district.
  const { rows } = await owner.query<{ text: string }>(
    `select x.text from (select district_id, number text from "case" union all select district_id, family_name || ', ' || given_name from student
       union all select district_id, given_name || ' ' || family_name from student union all select district_id, family_name || ', ' || given_name from person
       union all select district_id, given_name || ' ' || family_name from person union all select district_id, title from document) x
     group by 1 having array_agg(distinct x.district_id) = array[(select d.id from district d where d.slug = $1)]`,
    [victim],
  );
  secrets = rows.map((row) => row.text);
  expect(secrets.length).toBeGreaterThan(20);
});
test.afterAll(() => owner.end());

const list = `/d/${victim}/cases`;
const buildId = () => readFileSync(join(projectRoot, ".next", "BUILD_ID"), "utf8").trim();
const tree = (path: string) => {
  const parts = path.split("/").filter(Boolean);
  const nested = parts.reduceRight<unknown>(
    (inner, part) => [part, { children: inner }],
    ["__PAGE__", {}, path, "refetch"],
  );
  return encodeURIComponent(JSON.stringify(["", { children: nested }, null, null, true]));
};
const actionCalled = (name: string) => actions.find((one) => one.name.endsWith(` ${name}`))?.id ?? "";
/** Calls an action as a page does that has it, with the arguments bound to it. */
const calling = (name: string, path: string, slug: unknown = victim, more: Record<string, string> = {}): Way => ({
  path,
  headers: { "next-action": actionCalled(name), origin: ownOrigin(), accept: "text/x-component", ...more },
  form: {
    ...Object.fromEntries(Object.entries(ids).map(([field, id]) => [`_1_${field}`, id])),
    "1": "",
    "0": JSON.stringify([slug, { status: "idle" }, "$K1"]),
  },
});
const headed = (headers: Record<string, string>, path = list): Way => ({ path, headers });
const subrequest = (name: string) => headed({ "x-middleware-subrequest": Array(5).fill(name).join(":") });

/** Each by the name under which it's known. */
const ways: Record<string, () => Way> = {
  // The path
  "a slash at the end": () => ({ path: `${list}/` }),
  "two slashes": () => ({ path: `//d/${victim}//cases` }),
  "capital letters": () => ({ path: `/D/${victim.toUpperCase()}/Cases` }),
  "a dot segment": () => ({ path: `/d/${victim}/./cases` }),
  "from the own district up and over": () => ({ path: `/d/${own}/../${victim}/cases` }),
  "up and over, encoded": () => ({ path: `/d/${own}/%2e%2e/${victim}/cases` }),
  "up and over, encoded twice": () => ({ path: `/d/${own}/%252e%252e/${victim}/cases` }),
  "an encoded slash": () => ({ path: `/d/${own}%2f..%2f${victim}/cases` }),
  "a backslash": () => ({ path: `/d/${own}\\..\\${victim}\\cases` }),
  "a matrix parameter": () => ({ path: `/d/${victim};district=${own}/cases` }),
  "a NUL in the slug": () => ({ path: `/d/${victim}%00${own}/cases` }),
  "a line break in the path": () => ({ path: `/d/${own}%0d%0a/../${victim}/cases` }),
  "look-alike letters": () => ({ path: `/d/${encodeURIComponent("maple‐grove")}/cases` }),
  "full-width letters": () => ({ path: `/d/${encodeURIComponent("ｍaple-grove")}/cases` }),
  "the district as a parameter": () => ({ path: `/d/${own}/cases?district=${victim}&slug=${victim}` }),
  "the file of a page's payload": () => ({ path: `${list}.rsc` }),
  "a page as text": () => ({ path: `${list}.txt` }),
  "the segments of a payload": () => ({ path: `/d/${victim}.segments/cases.segment.rsc` }),
  "data of the old router": () => ({ path: `/_next/data/${buildId()}${list}.json` }),
  "out of the static files": () => ({ path: `/_next/static/../server/app${list}.html` }),
  "the image optimizer": () => ({
    path: `/_next/image?w=64&q=75&url=${encodeURIComponent(`/api/districts/${victim}/documents/${ids.document}`)}`,
  }),
  "the absolute address": () => ({ path: `${ownOrigin()}${list}` }),
  "another district's file under the own address": () => ({ path: `/api/districts/${own}/documents/${ids.document}` }),
  "another district's attachment under the own address": () => ({
    path: `/api/districts/${own}/attachments/${ids.attachment}`,
  }),
  "another district's case under the own address": () => ({ path: `/d/${own}/cases/${ids.case}/print` }),
  // Headers
  "a subrequest of the proxy": () => subrequest("proxy"),
  "a subrequest of the middleware": () => subrequest("middleware"),
  "a subrequest of src/middleware": () => subrequest("src/middleware"),
  "a subrequest of the pages' middleware": () => subrequest("pages/_middleware"),
  "a rewrite": () => headed({ "x-middleware-rewrite": list, "x-middleware-next": "1" }, `/d/${own}/cases`),
  "the original address": () => headed({ "x-original-url": list, "x-rewrite-url": list }, "/help"),
  "the matched path": () => headed({ "x-matched-path": list, "x-now-route-matches": `1=${victim}` }, "/help"),
  "the invoked path": () =>
    headed({ "x-invoke-path": list, "x-invoke-status": "200", "x-invoke-output": list }, "/help"),
  "the path that the proxy notes": () => headed({ "x-baton-path": list }, `/d/${own}/cases`),
  "the address that the server notes": () =>
    headed({ "x-baton-socket-address": "127.0.0.1", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" }),
  "another host": () =>
    headed({ host: "baton.invalid", "x-forwarded-host": "localhost", "x-forwarded-proto": "https" }),
  "the payload alone": () => headed({ rsc: "1" }),
  "a prefetch": () => headed({ rsc: "1", "next-router-prefetch": "1", purpose: "prefetch" }),
  "a prefetch of a segment": () =>
    headed({ rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": `/d/$d$district/cases/__PAGE__` }),
  "a part of the tree, past its layouts": () => headed({ rsc: "1", "next-router-state-tree": tree(list) }),
  "another page's tree": () => headed({ rsc: "1", "next-router-state-tree": tree(list) }, `/d/${own}/cases`),
  "data of the old router, by a header": () => headed({ "x-nextjs-data": "1" }),
  "a preview": () => headed({ "x-prerender-revalidate": "0", cookie: "__prerender_bypass=0; __next_preview_data=0" }),
  "an authorization header": () => headed({ authorization: `Bearer ${victim}` }),
  "cookies of the sign-in library": () =>
    headed({ cookie: "next-auth.session-token=x; __Secure-next-auth.session-token=x; baton-session.0=x" }),
  "a session of a made-up token": () => headed({ cookie: "baton-session=eyJhbGciOiJub25lIn0..; baton-half=x" }),
  // Methods
  HEAD: () => ({ path: list, method: "HEAD" }),
  OPTIONS: () => ({ path: list, method: "OPTIONS" }),
  PUT: () => ({ path: list, method: "PUT" }),
  "another method by a header": () => ({
    path: `/api/districts/${victim}/documents/${ids.document}`,
    method: "POST",
    headers: { "x-http-method-override": "GET", origin: ownOrigin() },
  }),
  // Actions
  "an action through the sign-in page": () => calling("addNoteAction", "/sign-in"),
  "an action through the help page": () => calling("editCaseAction", "/help"),
  "an action through the own district's page": () => calling("editCaseAction", `/d/${own}/cases`),
  "an action through a route": () => calling("editCaseAction", "/api/health/live"),
  "an action through another action's page": () => calling("disableUserAction", `/d/${victim}/cases`),
  "an action whose district is a list": () => calling("editCaseAction", `/d/${own}/cases`, [victim]),
  "an action whose district is a thing": () => calling("editCaseAction", `/d/${own}/cases`, { toString: victim }),
  "an action with the own district bound and the other's ids": () => calling("editCaseAction", `/d/${own}/cases`, own),
  "an action forwarded by another worker": () =>
    calling("editCaseAction", "/sign-in", victim, { "x-action-forwarded": "1" }),
  "an action by its name, without script": () => ({
    path: `/d/${own}/cases`,
    headers: { origin: ownOrigin() },
    form: { [`$ACTION_ID_${actionCalled("editCaseAction")}`]: "", caseId: ids.case as string },
  }),
  "an action by reference, with arguments of one's own": () => ({
    path: `/d/${own}/cases`,
    headers: { origin: ownOrigin() },
    form: {
      $ACTION_REF_1: "",
      "$ACTION_1:0": JSON.stringify({ id: actionCalled("editCaseAction"), bound: "$@1" }),
      "$ACTION_1:1": JSON.stringify([victim]),
      caseId: ids.case as string,
    },
  }),
  "a file's upload by a form": () => ({
    path: filled("/api/districts/[district]/students/[id]/documents", victim, ids),
    headers: { origin: ownOrigin() },
    form: { file: "Attacked" },
  }),
};

/** Sends a request whose path and headers no client mends; gives the answer's text. */
function send({ path = list, headers = {}, method, form }: Way, cookie: string | undefined): Promise<string> {
  const boundary = "----attack";
  const body = form
    ? `${Object.entries(form)
        .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join("")}--${boundary}--\r\n`
    : "";
  const { hostname, port } = new URL(ownOrigin());
  return new Promise((resolve, reject) => {
    const sending = plainRequest(
      {
        hostname,
        port,
        path,
        method: method ?? (form ? "POST" : "GET"),
        agent: false,
        headers: {
          ...headers,
          ...(cookie ? { cookie: [cookie, headers.cookie].filter(Boolean).join("; ") } : {}),
          ...(form ? { "content-type": `multipart/form-data; boundary=${boundary}` } : {}),
          "content-length": Buffer.byteLength(body),
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => resolve(JSON.stringify(answer.headers) + Buffer.concat(chunks).toString()));
        answer.on("error", reject);
      },
    );
    sending.on("error", reject);
    sending.end(body);
  });
}

test("none of the ways round the guard reaches data", async () => {
  test.setTimeout(300_000);
  const before = await digest(owner, victim);
  const reached: string[] = [];
  const found = (text: string) => secrets.filter((secret) => text.includes(secret));
  for (const [name, way] of Object.entries(ways)) {
    let reaches = false;
    for (const who of ["nobody", ...Object.keys(cookies)]) {
      // Of their own district a member without permission sees what they're assigned to: what stands there anyway doesn't count.
      const known = cookies[who] && who.startsWith("a member") ? found(await send({ path: list }, cookies[who])) : [];
      const seen = found(await send(way(), cookies[who])).filter((secret) => !known.includes(secret));
      if (seen.length > 0) {
        reaches = true;
        reached.push(`${name} by ${who}: ${seen.length} of Maple Grove's`);
      }
    }
    const changed = Object.entries(await digest(owner, victim)).filter(([table, hash]) => before[table] !== hash);
    if (changed.length > 0) {
      reaches = true;
      reached.push(`${name}: ${changed.map(([table]) => table).join(", ")} changed`);
      Object.assign(before, Object.fromEntries(changed));
    }
    figure(17, { tried: 1, "that reach data": reaches ? 1 : 0 }, { requests: 3 });
  }
  expect(reached).toEqual([]);
  // The net isn't torn: who may see the list is caught by it.
  const [admin] = (await (await signedIn(owner, `admin@${victim}.example`)).storageState()).cookies;
  expect(found(await send({ path: list }, `${admin?.name}=${admin?.value}`)).length).toBeGreaterThan(5);
});
