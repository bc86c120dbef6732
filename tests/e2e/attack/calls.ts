import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import pg from "pg";
import type { Settings } from "@/lib/env";
import { runningSettings } from "@/lib/run/embedded";
import { type BuiltAction, builtActions, builtPaths } from "./built";
import { actionNeeds } from "./matrix";

export const { pages, routes } = builtPaths();
export const actions = builtActions();
export const inDistricts = () => actions.filter(({ name }) => actionNeeds[name] !== "public");

/** The address that the server takes for its own. */
export const ownOrigin = () => `http://localhost:${process.env.BATON_TEST_PORT}`;

/** The settings of the server that the browser tests run on. */
export async function serverSettings(): Promise<Settings> {
  const settings = await runningSettings(join(tmpdir(), `baton-e2e-${process.env.BATON_TEST_PORT}`));
  if (!settings) throw new Error("the server of the browser tests doesn't run");
  return settings;
}

/** The database of that server, as its owner: to look at what is really there. */
export async function connectAsOwner(): Promise<pg.Pool> {
  return new pg.Pool({ connectionString: (await serverSettings()).DATABASE_ADMIN_URL, max: 4 });
}

/** No answer is followed. A connection that the server closed as the request came is opened anew. */
const patient = { maxRedirects: 0, maxRetries: 3 };

/** Asks for a page or a route; what takes only what's posted is posted to, from a page of ours. */
export async function ask(caller: APIRequestContext, path: string): Promise<APIResponse> {
  const answer = await caller.get(path, patient);
  return answer.status() === 405
    ? caller.post(path, { headers: { origin: ownOrigin() }, form: { q: "a" }, ...patient })
    : answer;
}

type Called = {
  /** The fields of its form. */
  fields?: Record<string, string>;
  origin?: string;
  /** In place of the arguments that React sends. */
  args?: string;
  /** In place of a page that the action is called from. */
  path?: string;
};

/** Calls an action as React does: arguments as one part, the fields of its form beside it. */
export function call(
  caller: APIRequestContext,
  action: BuiltAction,
  slug: string,
  { fields = {}, origin = ownOrigin(), args, path }: Called & { path: string },
): Promise<APIResponse> {
  // The arguments come last: the server reads as it hears, and takes a form for empty whose fields come after it.
  const multipart = new FormData();
  for (const [name, value] of Object.entries(fields)) multipart.append(`_1_${name}`, value);
  multipart.append("0", args ?? JSON.stringify([slug, { status: "idle" }, "$K1"]));
  return caller.post(ownOrigin() + path, {
    headers: { "next-action": action.id, accept: "text/x-component", ...(origin === "" ? {} : { origin }) },
    multipart,
    ...patient,
  });
}

export const leadsToSignIn = (answer: APIResponse) =>
  /\/sign-in/.test(answer.headers().location ?? "") || /\/sign-in/.test(answer.headers()["x-action-redirect"] ?? "");

/** A refusal of Next's own, or of the wrapper: no page of the answer, no redirect on. */
export async function wasRefused(answer: APIResponse): Promise<boolean> {
  return answer.status() >= 400 || /come from a page of Baton/.test(await answer.text());
}

/** What an `[id]` in a path is the id of. */
const roomOf = (path: string) =>
  /\/(cases|students|case-transfers|document-transfers|record-requests|attachments|documents)\/\[id\]/.exec(path)?.[1];

/** Puts ids into a path, so that nothing is refused merely because it isn't anywhere. */
export function filled(path: string, slug: string, ids: Record<string, string>): string {
  return path.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
    if (name === "district") return slug;
    if (name === "kind") return "transcript";
    return (name === "id" ? ids[`${roomOf(path)}/id`] : ids[name]) ?? randomUUID();
  });
}

/** An id of each kind of thing that the district has, under the names that paths and forms use. */
export async function idsOf(owner: pg.Pool, slug: string): Promise<Record<string, string>> {
  const { rows } = await owner.query<Record<string, string>>(
    `select (select id from "case" where district_id = d.id limit 1) "case", (select id from student where district_id = d.id limit 1) student,
       (select id from attachment where district_id = d.id limit 1) attachment, (select id from building where district_id = d.id limit 1) building,
       (select id from team where district_id = d.id limit 1) team, (select id from membership where district_id = d.id limit 1) member,
       (select id from note where district_id = d.id limit 1) note, (select id from document where district_id = d.id limit 1) document,
       (select id from strategy where district_id = d.id limit 1) strategy, (select id from task where district_id = d.id limit 1) task,
       (select id from roster_import where district_id = d.id limit 1) "import", (select id from purge_certificate where district_id = d.id limit 1) certificate,
       (select id from record_request r where d.id in (r.requesting_district_id, r.holding_district_id) limit 1) request,
       (select id from transfer t where t.kind = 'cases' and d.id in (t.sending_district_id, t.receiving_district_id) and (select r.id from district r where r.slug = 'riverbend') not in (t.sending_district_id, t.receiving_district_id) limit 1) transfer,
       (select id from transfer t where t.kind = 'documents' and d.id in (t.sending_district_id, t.receiving_district_id) and (select r.id from district r where r.slug = 'riverbend') not in (t.sending_district_id, t.receiving_district_id) limit 1) documents,
       (select id from dispatch where district_id = d.id limit 1) dispatch, d.id district,
       (select id from school_break where district_id = d.id limit 1) "schoolBreak", (select id from legal_hold where district_id = d.id and lifted_at is null limit 1) hold,
       (select id from purge_proposal where district_id = d.id and status = 'open' limit 1) proposal, (select number from purge_proposal where district_id = d.id and status = 'open' limit 1) "proposalNumber",
       (select subject_id from purge_proposal_item where district_id = d.id and outcome is null limit 1) shown,
       (select c.id from document c where c.district_id = d.id and c.type = 'transcript' and c.dated_on < '2001-01-01' and not exists (
         select 1 from purge_proposal_item i where i.district_id = d.id and i.subject_id = c.id and i.outcome is null) limit 1) record
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
    "document-transfers/id": get("documents"),
    "record-requests/id": get("request"),
    id: get("case"),
    caseId: get("case"),
    studentId: get("student"),
    attachmentId: get("attachment"),
    buildingId: get("building"),
    teamId: get("team"),
    managerId: get("member"),
    leaderId: get("member"),
    assigneeId: get("member"),
    userId: get("member"),
    membershipId: get("member"),
    ownerId: get("member"),
    noteId: get("note"),
    strategyId: get("strategy"),
    taskId: get("task"),
    transferId: get("transfer"),
    dispatchId: get("dispatch"),
    documentId: get("document"),
    receiver: get("district"),
    name: "Attacked",
    title: "Attacked",
    body: "Attacked",
    text: "Attacked",
    reason: "Attacked",
    confirm: "on",
    version: "1",
    keep: "years",
    years: "20",
    countedFrom: "date",
    days: "20",
    year: "2027",
    from: "2027-03-15",
    to: "2027-03-19",
  };
}

/** The fields that a form calls as others do, and means something of its own by. */
export function ownFields(action: string, ids: Record<string, string>): Record<string, string> {
  const own: Record<string, Record<string, string | undefined>> = {
    confirmPurgeAction: { confirm: ids.proposalNumber },
    proposeAction: { kind: "transcript" },
    removeSchoolBreakAction: { id: ids.schoolBreak },
    saveAnswerDaysAction: { kind: "school" },
    saveRuleAction: { kind: "transcript" },
  };
  const fields = own[action.split(" ").at(-1) ?? ""] ?? {};
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? ""]));
}

/** A hash of each table's rows of a district. What signing in and reading write, mails, and what the worker notes don't count. */
export async function digest(owner: pg.Pool, slug: string): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select c.relname::text name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all (array['audit', 'audit_head', 'audit_check', 'mail', 'transfer_event'])`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ digest: string }>(
      `select md5(coalesce(string_agg(x::text, '' order by x::text), '')) digest from ${pg.escapeIdentifier(name)} x where x.district_id = (select id from district where slug = $1)`,
      [slug],
    );
    found[name] = rows[0]?.digest ?? "";
  }
  return found;
}
