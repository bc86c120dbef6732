import { describe, expect, test } from "vitest";
import { type CaseContent, caseContentSchema, coverSchema } from "@/lib/transfers/package-content";

const content: CaseContent = {
  originCaseId: "0193f3a0-0000-7000-8000-000000000001",
  number: "2026-0001",
  person: {
    given: "Zoë",
    middle: null,
    family: "O’Brien-محمد",
    preferred: null,
    birthDate: "2012-02-29",
    stateId: null,
    grade: "7",
    onRoster: true,
  },
  building: null,
  team: null,
  teamLeader: null,
  manager: null,
  assigned: [],
  status: "open",
  level: "low",
  openedAt: "2026-11-22T05:00:00.000Z",
  notes: [{ author: "Jo", writtenAt: "2026-11-22T05:00:00.000Z", body: "x" }],
  strategies: [{ text: "x", startedOn: null, endedOn: null, outcome: null }],
  tasks: [{ text: "x", assignee: null, dueOn: "2026-12-01", doneAt: null }],
  attachments: [{ file: 1, name: "a.txt", addedBy: "Jo", addedAt: "2026-11-22T05:00:00.000Z", note: 0 }],
};

test("what was sent is read as it was", () => {
  expect(caseContentSchema.parse(JSON.parse(JSON.stringify(content)))).toEqual(content);
  expect(coverSchema.parse({ notes: "", sentBy: "Jo", sentByEmail: "jo@there.example" })).toEqual({
    notes: "",
    sentBy: "Jo",
    sentByEmail: "jo@there.example",
  });
});

test("what isn't known is left out, never passed on", () => {
  const more = { ...content, districtId: "elsewhere", person: { ...content.person, id: "x" } };
  expect(caseContentSchema.parse(more)).toEqual(content);
});

describe("another shape is refused", () => {
  test.each<[string, unknown]>([
    ["no origin", { ...content, originCaseId: "2026-0001" }],
    ["a status that there isn't", { ...content, status: "archived" }],
    ["a level that there isn't", { ...content, level: "severe" }],
    ["a day that there isn't", { ...content, person: { ...content.person, birthDate: "2011-02-29" } }],
    ["a time without a zone", { ...content, openedAt: "2026-11-22 05:00" }],
    ["a note that isn't text", { ...content, notes: [{ author: "Jo", writtenAt: content.openedAt, body: 1 }] }],
    ["half a file number", { ...content, attachments: [{ ...content.attachments[0], file: 1.5 }] }],
    ["nothing", {}],
    ["a list", [content]],
    ["null", null],
  ])("%s", (_, wrong) => {
    expect(caseContentSchema.safeParse(wrong).success).toBe(false);
  });
});
