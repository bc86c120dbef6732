import { describe, expect, test } from "vitest";
import { figure } from "../support/figures";
import * as guards from "./guards";
import * as habits from "./habits";
import { plants } from "./plants";
import * as rooms from "./rooms";
import { parseSource, projectSources, type Rule } from "./sources";

const sources = projectSources();
const rules: Record<string, Rule> = { ...rooms, ...guards, ...habits };

test("the walker sees the house", () => {
  expect(sources.length).toBeGreaterThan(200);
  for (const path of [
    "app/layout.tsx",
    "lib/db/tenant.ts",
    "components/ui/form.tsx",
    "emails/render-mail.ts",
    "lib/run/setup.mjs",
  ])
    expect(sources.map((source) => source.path)).toContain(path);
});

describe.each(Object.entries(rules))("%s", (name, rule) => {
  test("holds everywhere", () => {
    expect(rule(sources)).toEqual([]);
  });

  const planted = plants.filter((plant) => plant.rule === name);
  test("has a planted breach", () => {
    expect(planted.length).toBeGreaterThan(0);
  });

  test.each(planted)("bites on $path: $why", ({ path, text }) => {
    const house = sources.filter((source) => source.path !== path);
    const before = new Set(rule(sources));
    const breaches = rule(text === null ? house : [...house, parseSource(path, text)]).filter(
      (one) => !before.has(one),
    );
    const caught = breaches.length === 1 && breaches[0]?.includes(path);
    figure(3, { caught: { found: caught ? 1 : 0, of: 1 } }, { "in the sources": 1 });
    expect(breaches).toHaveLength(1);
    expect(breaches[0]).toContain(path);
  });
});

test.each([
  ['import { a, type B } from "@/lib/x";', { target: "lib/x", typeOnly: false, names: ["a"] }],
  ['import type { A } from "@/lib/x";', { target: "lib/x", typeOnly: true }],
  ['import { type A, type B as C } from "../x";', { target: "lib/x", typeOnly: true }],
  ['import a, { type B } from "@/lib/x";', { target: "lib/x", typeOnly: false }],
  ['import {\n  a,\n  b as c,\n} from "./x";', { target: "lib/here/x", names: ["a", "b"] }],
  ['import "@/lib/x";', { target: "lib/x", typeOnly: false }],
  ['export * from "@/lib/x";', { target: "lib/x", reExport: true }],
  ['export { a } from "@/lib/x";', { target: "lib/x", reExport: true }],
  ['const a = await import("@/lib/x");', { target: "lib/x", typeOnly: false }],
  ['const a = require("@/lib/x");', { target: "lib/x" }],
  ['import pg from "pg";', { target: "pg", own: false }],
])("the walker reads %s", (text, wanted) => {
  expect(parseSource("lib/here/file.ts", text).imports).toMatchObject([wanted]);
});

test.each([
  '// import { a } from "@/lib/x";',
  '/* import "@/lib/x"; */',
  'const a = "https://there.example"; // import("@/lib/x")',
])("the walker passes over %s", (text) => {
  expect(parseSource("lib/here/file.ts", text).imports).toEqual([]);
});
