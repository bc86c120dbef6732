import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BundleUnreadable, openBundle } from "@/lib/roster/bundle";
import { People } from "@/lib/roster/people";
import { failureWords, type Problem, reasonWords } from "@/lib/roster/problem-words";
import { readBundle } from "@/lib/roster/read-bundle";
import { gradeOf, stateIdOf } from "@/lib/roster/record";
import type { BundleFacts, ChangedStaff, ChangedStudent } from "@/lib/roster/sink";
import { bundleFiles, type Files, type Person, zipOf } from "../integration/roster/bundles";
import { makeZip } from "../support/zip";

type Read = {
  facts: BundleFacts | null;
  students: ChangedStudent[];
  staff: ChangedStaff[];
  leaving: string[];
  problems: Problem[];
  failure: string | null;
};

/** Reads a zip into an empty district, or one that has `known` already. */
async function read(zip: Buffer, people = new People()): Promise<Read> {
  const found: Read = { facts: null, students: [], staff: [], leaving: [], problems: [], failure: null };
  try {
    const bundle = await openBundle({
      size: zip.length,
      read: (start, length) => Readable.from([zip.subarray(start, start + length)]),
    });
    found.facts = await readBundle(bundle, people, new Set(), {
      student: (one) => void found.students.push(one),
      staff: (one) => void found.staff.push(one),
      leaving: (id) => void found.leaving.push(id),
      staffLeaving: () => undefined,
      problem: (one) => void found.problems.push(one),
      progress: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof BundleUnreadable)) throw error;
    found.failure = failureWords(error.code, error.detail);
  }
  return found;
}

const readFiles = (files: Files) => read(zipOf(files));
const two: Person[] = [
  { id: "a", sis: "1", state: "TX1" },
  { id: "b", sis: "2", state: "TX2" },
];
const wordsOf = ({ problems }: Read) =>
  problems.map((one) => `${one.file}:${one.line}:${one.column} ${reasonWords(one.reason, one.detail)}`);

describe("takes", () => {
  it("a plain bundle", async () => {
    const found = await readFiles(
      bundleFiles([...two, { id: "t", role: "teacher", email: "T@North.example", sis: "9" }]),
    );
    expect(found.facts).toMatchObject({ version: "1.1", kind: "bulk", unchanged: 0, unnamed: 0 });
    expect(found.students[0]).toMatchObject({
      sourceId: "a",
      sisId: "1",
      stateId: "TX1",
      birthDate: "2011-05-06",
      grade: "9",
      school: "north",
      line: 2,
    });
    expect(found.staff).toMatchObject([{ sourceId: "t", email: "t@north.example", role: "teacher" }]);
    expect(found.problems).toEqual([]);
  });

  it("columns in another order, a BOM, CRLF, quotes with commas and line breaks", async () => {
    const users =
      '\uFEFFfamilyName,role,givenName,orgSourcedIds,sourcedId,identifier,extra\r\n"O\'Malley, Jr.",student,"Seán\r\nPatrick",north,a,1,x\r\n\r\nNext,student,Ana,"north,district",b,2,\r\n';
    const found = await readFiles(bundleFiles(two, "bulk", { "users.csv": users }));
    expect(found.problems).toEqual([]);
    expect(found.students).toMatchObject([
      { familyName: "O'Malley, Jr.", givenName: "Seán Patrick", line: 2 },
      { familyName: "Next", line: 5 },
    ]);
  });

  it("Latin-1, and says so", async () => {
    const files = bundleFiles([{ id: "a", given: "Zo\u00eb", family: "Pe\u00f1a" }]);
    const found = await readFiles({ ...files, "users.csv": Buffer.from(files["users.csv"] as string, "latin1") });
    expect(found.students).toMatchObject([{ givenName: "Zoë", familyName: "Peña" }]);
    expect(wordsOf(found)).toEqual([expect.stringContaining("isn’t written in UTF-8")]);
  });

  it("a bundle that lies in a folder, beside what macOS adds", async () => {
    const files = Object.entries(bundleFiles(two));
    const zip = makeZip([
      ...files.map(([name, content]) => ({ name: `OneRoster/${name}`, content })),
      { name: "__MACOSX/OneRoster/._users.csv", content: "x" },
    ]);
    expect((await read(zip)).students).toHaveLength(2);
  });

  it("any name, as it's written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), async (text) => {
        const name = `x${text}x`;
        const cell = `"${name.replaceAll('"', '""')}"`;
        const files = bundleFiles([], "bulk", {
          "users.csv": `sourcedId,role,givenName,familyName,orgSourcedIds\na,student,${cell},F,north\n`,
        });
        const [student] = (await readFiles(files)).students;
        const tidied = name
          .normalize("NFC")
          .replace(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF\uFFFD]/gu, " ")
          .replace(/\s+/gu, " ")
          .trim();
        expect(student?.givenName).toBe(tidied);
      }),
      { numRuns: 60 },
    );
  });
});

describe("refuses the whole, with a sentence", () => {
  const good = bundleFiles(two);
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([file]) => file !== name));
  const manifest = (text: string) => ({ ...good, "manifest.csv": text });
  const bomb = makeZip(
    Object.entries(good).map(([name, content]) =>
      name === "users.csv"
        ? { name, content: Buffer.alloc(5_000_000, "a"), claims: { unpacked: 1000 } }
        : { name, content },
    ),
  );
  const whole = zipOf(good);
  const cases: [string, Buffer, string][] = [
    ["what is no zip", Buffer.from("PK\x03\x04 but no more than that"), "isn’t a zip"],
    ["a zip that was cut off", whole.subarray(0, whole.length - 200), "isn’t a zip"],
    ["a bomb that lies about its size", bomb, "users.csv is damaged"],
    [
      "a bomb that doesn't lie",
      makeZip(
        Object.entries(good).map(([name, content]) => ({
          name,
          content,
          ...(name === "users.csv" ? { claims: { unpacked: 4_000_000_000 } } : {}),
        })),
      ),
      "more than 1 GB",
    ],
    [
      "a zip with a password",
      makeZip(Object.entries(good).map(([name, content]) => ({ name, content, claims: { flags: 1 } }))),
      "password",
    ],
    ["a missing manifest", zipOf(without("manifest.csv")), "no manifest.csv"],
    ["a manifest without a version", zipOf(manifest("propertyName,value\nfile.users,bulk\n")), "which version"],
    [
      "another version",
      zipOf(manifest("propertyName,value\noneroster.version,2.0\nfile.users,bulk\n")),
      "OneRoster 2.0",
    ],
    ["a file that the manifest promises", zipOf(without("demographics.csv")), "demographics.csv"],
    ["no users", zipOf(manifest("propertyName,value\noneroster.version,1.1\nfile.users,absent\n")), "no users.csv"],
    [
      "1.2 without roles",
      zipOf(manifest("propertyName,value\noneroster.version,1.2\nfile.users,bulk\n")),
      "no roles.csv",
    ],
    [
      "a mode that there isn't",
      zipOf(manifest("propertyName,value\noneroster.version,1.1\nfile.users,some\n")),
      "bulk, delta or absent",
    ],
    [
      "a missing column",
      zipOf({ ...good, "users.csv": "sourcedId,role,givenName,orgSourcedIds\na,student,Ana,north\n" }),
      "users.csv: familyName",
    ],
    [
      "semicolons",
      zipOf({ ...good, "users.csv": (good["users.csv"] as string).replaceAll(",", ";") }),
      "A column is missing",
    ],
    ["a column that stands twice", zipOf({ ...good, "orgs.csv": "sourcedId,name,type,name\n" }), "stands twice"],
    ["an empty file", zipOf({ ...good, "users.csv": "" }), "users.csv is empty"],
    ["a roster without students", zipOf(bundleFiles([])), "no student"],
    [
      "a quotation mark that doesn't close",
      zipOf({ ...good, "users.csv": `${String(good["users.csv"])}c,"student\n${"x,y\n".repeat(40_000)}` }),
      "doesn’t close",
    ],
    ["UTF-16", zipOf({ ...good, "users.csv": Buffer.from(`\uFEFF${String(good["users.csv"])}`, "utf16le") }), "UTF-16"],
  ];
  it.each(cases)("%s", async (_, zip, sentence) => {
    const found = await read(zip);
    expect(found.failure).toContain(sentence);
    expect(found.failure).toMatch(/\.$/);
  });

  it("bytes that were altered", async () => {
    const altered = Buffer.from(whole);
    const at = altered.indexOf("users.csv") + 40;
    altered[at] = (altered[at] ?? 0) ^ 0xff;
    expect((await read(altered)).failure).toMatch(/damaged|isn’t a zip/);
  });
});

describe("refuses rows, with file, line, column and reason", () => {
  const one = async (people: Person[], files: Files = {}) =>
    wordsOf(await readFiles(bundleFiles(people, "bulk", files)));

  it("a sourcedId that stands twice", async () => {
    expect(await one([...two, { id: "a", sis: "3" }], { "demographics.csv": "sourcedId,birthDate\n" })).toEqual([
      "users.csv:4:sourcedId This sourcedId stands in line 2 already.",
    ]);
  });
  it("one student under two sourcedIds", async () => {
    expect(await one([...two, { id: "c", sis: "1" }])).toEqual([
      "users.csv:4:identifier The student in line 2 has this SIS ID already: one student under two sourcedIds.",
    ]);
  });
  it("one state ID on two students", async () => {
    expect(await one([...two, { id: "c", state: "TX1" }])).toEqual([
      "users.csv:4:userIds The student in line 2 has this state ID already.",
    ]);
  });
  it("orphans: a school, a birth date", async () => {
    expect(
      await one([{ id: "a", org: "nowhere" }, { id: "b" }], {
        "demographics.csv": "sourcedId,birthDate\na,2011-05-06\nx,2011-05-06\n",
      }),
    ).toEqual([
      "users.csv:2:orgSourcedIds orgs.csv has no organization “nowhere”.",
      "demographics.csv:3:sourcedId users.csv has nobody with this sourcedId.",
    ]);
  });
  it("missing names, ids, roles, fields; statuses and dates that there aren't", async () => {
    const files = bundleFiles([
      { id: "a" },
      { id: "b", family: " " },
      { id: "c", role: "wizard" },
      { id: "d", status: "asleep" },
      { id: "", sis: "7" },
      { id: "e", given: "y".repeat(300) },
      { id: "f", born: "2011-02-30" },
    ]);
    const found = await readFiles({ ...files, "users.csv": `${String(files["users.csv"])}g,too,short\n` });
    expect(wordsOf(found)).toEqual([
      "demographics.csv:5:sourcedId The sourcedId is missing.",
      "demographics.csv:7:birthDate “2011-02-30” is no birth date. It has to be written like 2011-05-06.",
      "users.csv:3:familyName The family name is missing.",
      "users.csv:4:role “wizard” is no role of OneRoster.",
      "users.csv:5:status “asleep” is no status. It has to be active or tobedeleted.",
      "users.csv:6:sourcedId The sourcedId is missing.",
      "users.csv:7:givenName This is longer than 200 characters.",
      "users.csv:9:null The row has 3 fields, another number than the header.",
    ]);
    expect(found.students.map((student) => student.sourceId)).toEqual(["a", "f"]);
    expect(found.facts?.unnamed).toBe(1);
  });
  it("a delta's unknown student", async () => {
    const found = await readFiles(bundleFiles([{ id: "z", status: "tobedeleted" }], "delta"));
    expect(wordsOf(found)[0]).toBe(
      "users.csv:2:sourcedId The bundle brings changes only, and your roster doesn’t have this person.",
    );
  });
});

describe("leaves as they are", () => {
  it("whom a row that can't be used is about", async () => {
    const people = new People();
    people.addKnown({ ids: ["a", "b", "c"], hashes: new Uint8Array(48), active: "111" }, "student");
    const found = await read(zipOf(bundleFiles([{ id: "a" }, { id: "b", given: "" }])), people);
    expect(found.leaving).toEqual(["c"]);
    expect(found.problems).toHaveLength(1);
  });
});

describe("reads cells", () => {
  it("grades", () => {
    expect(["09", "KG", "12", "PK", "", "10,11", "ug"].map(gradeOf)).toEqual(["9", "K", "12", "PK", null, "10", "UG"]);
  });
  it("state IDs", () => {
    expect(["{State:604821}", "{LDAP:x},{StateID: 77 }", "{Fed:1}", "", "604821"].map(stateIdOf)).toEqual([
      "604821",
      "77",
      null,
      null,
      null,
    ]);
  });
});
