import { randomUUID } from "node:crypto";
import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";
import fc from "fast-check";
import type pg from "pg";
import { mapLimit } from "@/lib/storage/map-limit";
import { projectSources } from "../../architecture/sources";
import { figure, seed, times } from "../../support/figures";
import { test } from "../support/test";
import {
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
} from "./calls";
import { makeDistricts, markOf, signedIn, slugOf } from "./districts";

/**
 * Scorecard, row 1: people of twenty districts call everything at once, at their own address and at others', with their own ids and others'
 * mixed. What a district has to itself carries its mark: it may not be read anywhere else, and what somebody types carries theirs: it may
 * not be written anywhere else. Half of the districts only read: not a row of theirs may change.
 */
const prefix = "fuzzed";
const districts = 20;
const calls = times("BATON_FUZZ_CALLS", 400);
const writes = (n: number) => n % 2 === 1;
const targets = [...pages, ...routes, ...inDistricts()];

/** Every name that a form of ours gives a field, and what may be chosen where the schema says so. */
const sources = projectSources()
  .filter(({ path }) => /^(app|components|lib)\//.test(path))
  .map(({ code }) => code);
const names = [
  ...new Set(sources.flatMap((text) => [...text.matchAll(/\bname="(\w+)"/g)].map(([, name = ""]) => name))),
];
const choices = new Map(
  sources.flatMap((text) =>
    [...text.matchAll(/\b(\w+): z\.enum\(\[([^\]]+)\]/g)].map(
      ([, name = "", list = ""]) => [name, [...list.matchAll(/"([\w-]+)"/g)].map(([, one = ""]) => one)] as const,
    ),
  ),
);
const plain = [
  "on",
  "1",
  "2012-01-15",
  "",
  "iep",
  "enrollment",
  "7KQF-3MXD-W8HT-N2VJ",
  "America/Chicago",
  "x".repeat(5_000),
];

/** One call: whose, what, where, and for each name whether it's the caller's own thing or the other's. */
const oneCall = fc.record({
  caller: fc.integer({ min: 1, max: districts }),
  other: fc.integer({ min: 1, max: districts - 1 }),
  target: fc.constantFrom(...targets),
  elsewhere: fc.boolean(),
  dice: fc.array(fc.nat({ max: 999 }), { minLength: 40, maxLength: 40 }),
  garbled: fc.option(fc.string({ unit: "binary", maxLength: 60 }), { freq: 12 }),
});
type Call = typeof oneCall extends fc.Arbitrary<infer T> ? T : never;

let owner: pg.Pool;
const ids = new Map<number, Record<string, string>>();
const callers = new Map<number, APIRequestContext>();

test.beforeAll(async () => {
  test.setTimeout(120_000);
  owner = await connectAsOwner();
  await makeDistricts(owner, prefix, districts);
  for (let n = 1; n <= districts; n++) ids.set(n, await idsOf(owner, slugOf(prefix, n)));
});
test.afterAll(() => owner.end());

const caller = async (n: number): Promise<APIRequestContext> => {
  const known = callers.get(n) ?? (await signedIn(owner, `admin@${slugOf(prefix, n)}.example`));
  callers.set(n, known);
  return known;
};

/** Each id by its name, own or the other's; everything else what a field of that name may hold. */
function fieldsOf({ caller: n, dice }: Call, other: number): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    const roll = dice[i % dice.length] as number;
    const id = ids.get(roll % 2 === 0 ? n : other)?.[name];
    const chosen = choices.get(name);
    const marked = `${markOf(n)} ${roll}`;
    fields[name] = id ?? chosen?.[roll % chosen.length] ?? [marked, marked, ...plain][roll % (plain.length + 2)] ?? "";
  }
  return fields;
}

async function make(one: Call): Promise<APIResponse> {
  const other = ((one.caller + one.other - 1) % districts) + 1;
  const by = await caller(one.caller);
  const slug = slugOf(prefix, one.elsewhere ? other : one.caller);
  const mixed = Object.fromEntries(
    Object.entries(ids.get(one.caller) ?? {}).map(([name, own], i) => {
      const roll = one.dice[i % one.dice.length] as number;
      return [name, roll % 11 === 0 ? randomUUID() : roll % 2 === 0 ? own : (ids.get(other)?.[name] ?? own)];
    }),
  );
  const { target } = one;
  if (typeof target === "string") return ask(by, filled(target, slug, mixed));
  const path = filled(target.page, slug, mixed);
  if (!writes(one.caller)) return ask(by, path);
  return call(by, target, slug, {
    path,
    fields: { ...fieldsOf(one, other), ...ownFields(target.name, mixed) },
    ...(one.garbled === null ? {} : { args: JSON.stringify([slug, one.garbled, "$K1"]) }),
  });
}

test(`of ${calls} calls by people of ${districts} districts none reads or writes another's`, async () => {
  test.setTimeout(1_200_000);
  const readers = Array.from({ length: districts }, (_, i) => i + 1).filter((n) => !writes(n));
  const digests = async () => {
    const found = [];
    for (const n of readers) found.push(await digest(owner, slugOf(prefix, n)));
    return found;
  };
  const before = await digests();
  const reads: string[] = [];
  const errors: string[] = [];
  const answered = { "let in": 0, refused: 0 };
  await mapLimit(fc.sample(oneCall, { numRuns: calls, seed }), 12, async (one) => {
    const answer = await make(one);
    const what = `${typeof one.target === "string" ? one.target : one.target.name} by ${one.caller}`;
    // Who signed themselves out, or was disabled by a colleague, comes in anew.
    if (!one.elsewhere && leadsToSignIn(answer)) callers.delete(one.caller);
    answered[answer.status() < 400 && !leadsToSignIn(answer) ? "let in" : "refused"] += 1;
    if (answer.status() >= 500) errors.push(`${what}: ${answer.status()}`);
    const marks = new Set((await answer.text()).match(/kqz\d{3}w/gi)?.map((mark) => mark.toLowerCase()));
    marks.delete(markOf(one.caller));
    for (const mark of marks) reads.push(`${what} reads ${mark}`);
  });
  const written = await strayMarks();
  for (const [i, after] of (await digests()).entries())
    for (const [table, hash] of Object.entries(after))
      if (before[i]?.[table] !== hash) written.push(`${table} of ${slugOf(prefix, readers[i] as number)} changed`);
  figure(
    1,
    { reads: reads.length, writes: written.length },
    {
      calls,
      "of them let in": answered["let in"],
      "actions, pages and routes": targets.length,
      districts,
      "connections of the server": times("BATON_SERVER_POOL", 10),
    },
    seed,
  );
  expect({ reads, written, errors }).toEqual({ reads: [], written: [], errors: [] });
  expect(answered["let in"]).toBeGreaterThan(calls / 10);
});

/** Rows of a district that hold another's mark: what was typed by somebody of another. */
async function strayMarks(): Promise<string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "select c.relname::text name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ slug: string }>(
      `select distinct d.slug from "${name}" x join district d on d.id = x.district_id, regexp_matches(x::text, 'kqz(\\d{3})w', 'gi') m where d.slug like 'fuzzed-%' and m[1]::int <> split_part(d.slug, '-', 2)::int
       union select distinct d.slug from "${name}" x join district d on d.id = x.district_id where d.slug !~ '^(fuzzed|stranger)-' and x::text ~* 'kqz\\d{3}w'`,
    );
    for (const { slug } of rows) found.push(`${name} of ${slug} holds another's mark`);
  }
  return found;
}
