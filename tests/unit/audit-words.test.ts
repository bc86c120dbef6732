import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { auditQuery, findDayProblems, parseAuditFilter, plainAuditFilter } from "@/lib/districts/audit-filter";
import { actionsOf, auditGroups, auditWords, wordsOf } from "@/lib/districts/audit-words";
import { zonedTime } from "@/lib/districts/zoned-time";
import { projectRoot } from "@/lib/run/root";

/** Actions put together from parts, and what they can become. */
const templates: Record<string, string[]> = {
  "case.${purpose}": ["case.read", "case.print"],
  "attachment.${input.purpose}": ["attachment.preview", "attachment.download"],
  "document.${input.purpose}": ["document.preview", "document.download"],
  "disclosure.${input.purpose}": ["disclosure.read", "disclosure.print", "disclosure.export"],
  "request.${verb}": ["request.decline", "request.withdraw"],
  "transfer.${verb}": "fail reject cancel expire save unlock seal deliver hold return recall report redo withdraw"
    .split(" ")
    .map((verb) => `transfer.${verb}`),
};

const files = readdirSync(join(projectRoot, "lib"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("db/generated"))
  .map((path) => ({ path, text: readFileSync(join(projectRoot, "lib", path), "utf8") }));

/** The texts that stand where an action is given: after `action:`, or in a call of one of the functions that write entries. */
function actionsIn(text: string): string[] {
  const places = [
    ...text.matchAll(/\baction:\s*([^,}\n]+(?:\n\s*[?:][^,}\n]+)*)/g),
    ...text.matchAll(/\baudit\w*\(([\s\S]*?)\);/g),
  ].map((match) => match[1] ?? "");
  return places
    .flatMap((place) =>
      [...place.matchAll(/(["`])([a-z]+\.(?:[a-z-]|\$\{[\w.]+\})+)\1/g)].map((match) => match[2] ?? ""),
    )
    .filter(Boolean);
}

describe("words of the audit log", () => {
  const found = files.flatMap(({ path, text }) => actionsIn(text).map((action) => ({ path, action })));

  test("there are actions to look at", () => expect(found.length).toBeGreaterThan(60));

  test.each([...new Map(found.map((one) => [one.action, one])).values()])("$action ($path) has words", ({ action }) => {
    const actions = action.includes("${") ? (templates[action] ?? [action]) : [action];
    expect(actions.filter((one) => !(one in auditWords))).toEqual([]);
  });

  test("every group has actions", () => {
    for (const group of Object.keys(auditGroups) as (keyof typeof auditGroups)[])
      expect({ group, some: actionsOf(group).length > 0 }).toEqual({ group, some: true });
  });

  test("an action of another version is named", () => {
    expect(wordsOf("case.levitate")).toEqual(["did “case.levitate” to ", ""]);
    expect(wordsOf("case.read")).toEqual(["opened ", ""]);
    expect(wordsOf("user.sign-in")).toEqual(["signed in", null]);
  });
});

describe("the log’s address", () => {
  test.each([
    [{}, null, null],
    [{ from: "2026-11-01", to: "2026-11-01" }, null, null],
    [{ from: "2026-11-02", to: "2026-11-01" }, "after-to", null],
    [{ from: "2026-02-31", to: "2026-01-01" }, "unread", null],
    [{ from: "2026-01-01", to: "yesterday" }, null, "unread"],
  ])("of the days in %o it's said what is wrong: %s, %s", (search, from, to) =>
    expect(findDayProblems(search)).toEqual({ from, to }),
  );

  test("comes back as it was", () => {
    const filter = {
      ...plainAuditFilter,
      who: "Dana & Co",
      what: "read" as const,
      about: "2026-0012",
      from: "2026-11-01",
      before: 812n,
    };
    expect(parseAuditFilter(Object.fromEntries(new URLSearchParams(auditQuery(filter))))).toEqual(filter);
    expect(auditQuery(plainAuditFilter)).toBe("");
  });

  test.each([
    { from: "2026-02-31" },
    { to: "yesterday" },
    { what: "toString" },
    { before: "-1" },
    { after: "1e9" },
    { before: "99999999999999999999" },
  ])("%o counts as not said", (search) => expect(parseAuditFilter(search)).toEqual(plainAuditFilter));
});

test("a time in a file has its zone", () => {
  expect(zonedTime(new Date("2026-07-01T03:04:05Z"), "America/Chicago")).toBe("2026-06-30 22:04:05 -05:00");
  expect(zonedTime(new Date("2026-12-01T00:00:00Z"), "America/Phoenix")).toBe("2026-11-30 17:00:00 -07:00");
});
