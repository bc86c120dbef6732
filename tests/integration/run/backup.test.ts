import { randomUUID } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openAttachment } from "@/lib/cases/open-attachment";
import { systemClose } from "@/lib/db/system";
import { addDocument } from "@/lib/documents/add-document";
import { openDocument } from "@/lib/documents/open-document";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { env, setEnv } from "@/lib/env";
import { logPurges } from "@/lib/jobs/purge-log";
import { run as backup } from "@/lib/run/commands/backup";
import { run as restore } from "@/lib/run/commands/restore";
import { withConnection } from "@/lib/run/postgres";
import { StartProblem } from "@/lib/run/problem";
import { createTestDatabase, type TestDatabase, testDatabase } from "../../support/database";
import { closedCase, confirm, keepFor, propose, purgers } from "../../support/retention";
import { s3Credentials, startS3 } from "../../support/s3";
import { storageFolder } from "../../support/storage-folder";
import { addMember, doors, makeWorld } from "../../support/world";
import { sent } from "../transfers/hand-over";

const world = await makeWorld();
const { lakeview } = world;
const folder = await mkdtemp(join(tmpdir(), "baton-backup-"));
const home = {
  DATABASE_URL: env().DATABASE_URL,
  DATABASE_ADMIN_URL: env().DATABASE_ADMIN_URL,
  STORAGE_DIR: storageFolder(),
};
const others: TestDatabase[] = [];
afterAll(async () => {
  setEnv(home);
  await systemClose();
  for (const other of others) await other.drop();
  await rm(folder, { recursive: true, force: true });
});
const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((line) => void said.push(String(line)));
});

/** An empty installation beside the first, and the settings that lead there. */
async function elsewhere() {
  const database = await createTestDatabase();
  others.push(database);
  return {
    database,
    settings: {
      DATABASE_URL: database.databaseUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      STORAGE_DIR: await mkdtemp(join(folder, "files-")),
    },
  };
}

/** A SHA-256 of all rows of each table, as the superuser sees them. */
function contents(superuserUrl: string): Promise<Record<string, string>> {
  return withConnection(superuserUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all (array['_prisma_migrations', 'session', 'attempt', 'doomed_object', 'half_session', 'password_reset', 'code_try'])",
    );
    const found: Record<string, string> = {};
    for (const { name } of rows) {
      const answer = await client.query<{ digest: string }>(
        `select count(*) || ' ' || encode(sha256(convert_to(coalesce(string_agg(x::text, '|' order by x::text), ''), 'UTF8')), 'hex') as digest from "${name}" x`,
      );
      found[name] = answer.rows[0]?.digest ?? "";
    }
    return found;
  });
}

const clerk = await addMember(world, lakeview, "purger", ["manageDocuments", "purge"]);
const addFile = async (text: string) => {
  const { documentId } = await addDocument(doors(clerk), {
    studentId: lakeview.students[0]?.id ?? "",
    name: "plan.txt",
    bytes: null,
    source: Readable.from([Buffer.from(text)]),
    title: null,
    type: "iep",
    ownerId: null,
    datedOn: null,
  });
  return documentId;
};
const textOf = async (id: string) => {
  const { stream } = await openDocument(doors(clerk), { id, purpose: "download" });
  return Buffer.concat(await stream.toArray()).toString();
};

const numbersOf = (superuserUrl: string) =>
  withConnection(superuserUrl, async (client) => {
    const { rows } = await client.query<{ number: string }>("select number from purge_certificate order by number");
    return [...new Set(rows.map((row) => row.number))];
  });

describe("succeeds", () => {
  test("everything is there again: rows, files, the fence, a package that waits for its code", async () => {
    setEnv(home);
    await sent(world, { cases: [{ files: [{ name: "a.txt", bytes: Buffer.from("what the file says") }] }] });
    const documentId = await addFile("the plan");
    const superuser = testDatabase().superuserUrl;
    const before = await contents(superuser);
    const file = join(folder, "whole.zip");
    await backup([file]);
    expect(said.join("\n")).toMatch(/rows of \d+ tables, \d+ files/);

    const { database, settings } = await elsewhere();
    setEnv(settings);
    await restore([file]);
    expect(await contents(database.superuserUrl)).toEqual(before);
    expect(await textOf(documentId)).toBe("the plan");
    const [attachment] = await world.sql<{ id: string }>("select id from attachment where district_id = $1 limit 1", [
      lakeview.id,
    ]);
    const { stream } = await openAttachment(doors(lakeview.manager), { id: attachment?.id ?? "", purpose: "download" });
    expect(Buffer.concat(await stream.toArray()).toString()).toBe("what the file says");
    await withConnection(database.superuserUrl, async (client) => {
      const { rows } = await client.query(
        "select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations' and not relforcerowsecurity union all select 1 from pg_trigger where tgenabled = 'D'",
      );
      expect(rows).toEqual([]);
      const keys = "select count(*)::int n from pg_constraint where contype = 'f'";
      const [{ n }] = (await client.query<{ n: number }>(keys)).rows as [{ n: number }];
      expect(await world.sql(keys)).toEqual([{ n }]);
    });
  });

  test("files go from a folder into a bucket, and from the bucket into a folder", { timeout: 60_000 }, async () => {
    setEnv(home);
    const documentId = await addFile("the plan, wherever it lies");
    const [first, second] = [join(folder, "from-folder.zip"), join(folder, "from-bucket.zip")];
    await backup([first]);
    const s3 = await startS3();
    const inBucket = await elsewhere();
    setEnv({ ...inBucket.settings, ...s3Credentials, STORAGE_DIR: "", STORAGE_URL: s3.url("files") });
    try {
      await restore([first]);
      expect(await textOf(documentId)).toBe("the plan, wherever it lies");
      await backup([second]);
      const inFolder = await elsewhere();
      setEnv({ ...inFolder.settings, STORAGE_URL: "" });
      await restore([second]);
      expect(await contents(inFolder.database.superuserUrl)).toEqual(await contents(inBucket.database.superuserUrl));
      expect(await textOf(documentId)).toBe("the plan, wherever it lies");
    } finally {
      setEnv({ STORAGE_URL: "" });
      await s3.stop();
    }
  });

  test("what was purged after the backup is purged again, in whichever order it's read", async () => {
    setEnv({ ...home, PURGE_LOG_FILE: join(folder, "purges") });
    const [purged, kept] = [await addFile("to be purged"), await addFile("to be kept")];
    const file = join(folder, "purge.zip");
    await backup([file]);
    await purgeDocuments(doors(clerk), { documentIds: [purged], reason: "Wrong child" });
    const more = await addFile("came and went after the backup");
    await purgeDocuments(doors(clerk), { documentIds: [more], reason: "Wrong child" });
    expect(await logPurges()).toBe(2);
    expect(await logPurges()).toBe(0);
    // Power was lost while the next line was written.
    const log = join(folder, "purges");
    await appendFile(log, '{"district_id":');

    const { database, settings } = await elsewhere();
    setEnv(settings);
    const damaged = join(folder, "damaged");
    await writeFile(damaged, `{"district_id":\n${await readFile(log, "utf8")}`);
    await expect(restore([file, "--purges", damaged])).rejects.toThrow(
      /line 1 of .*damaged can't be read.*Nothing was restored/,
    );
    await restore([file]);
    expect(said.join("\n")).toContain("Purged again");
    expect(said.join("\n")).toContain("can’t be read from line 3 on");
    await expect(textOf(purged)).rejects.toThrow("not-there");
    expect(await textOf(kept)).toBe("to be kept");
    await withConnection(database.superuserUrl, async (client) => {
      expect((await client.query("select reason from purge_certificate")).rows).toEqual([
        { reason: "Wrong child" },
        { reason: "Wrong child" },
      ]);
      // Its bytes go with the worker's next minute.
      expect((await client.query("select 1 from doomed_object")).rows).toHaveLength(1);
    });
    // The next one takes a number that isn't there yet.
    await purgeDocuments(doors(clerk), { documentIds: [kept], reason: "Wrong child" });
    expect(await numbersOf(database.superuserUrl)).toHaveLength(3);
  });
});

describe("what two people destroyed after the backup", () => {
  test("is destroyed again: case, history, files, names, words; and the certificates say by whom", async () => {
    setEnv({ ...home, PURGE_LOG_FILE: join(folder, "cases") });
    const [first, second] = await purgers(world, lakeview);
    await keepFor(world, lakeview, "case", 7);
    const name = `zz${randomUUID().slice(0, 8)}`;
    const gone = await closedCase(world, lakeview, 8, {
      given: "Nobody",
      family: name,
      notes: ["what was said"],
      files: [{ name: "a.txt", bytes: Buffer.from("of the case") }],
      strategies: ["s"],
      tasks: ["t"],
    });
    const kept = await closedCase(world, lakeview, 8, { notes: ["kept"] });
    const file = join(folder, "cases.zip");
    await backup([file]);
    // Who came after the backup confirms; it knows nothing of them.
    const late = await addMember(world, lakeview, "late", ["purge", "manageCases"]);
    await confirm(late, (await propose(first, [gone.id])).id);
    expect(second.name).not.toBe(late.name);
    expect(await logPurges()).toBeGreaterThan(0);

    const { database, settings } = await elsewhere();
    setEnv(settings);
    await restore([file]);
    expect(said.join("\n")).toContain("1 cases");
    await withConnection(database.superuserUrl, async (client) => {
      const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
      for (const table of ["note", "strategy", "task", "attachment", "case_assignment"])
        expect(await rows(`select 1 from ${table} where case_id = $1`, [gone.id])).toEqual([]);
      expect(await rows('select id from "case" where id = any ($1)', [[gone.id, kept.id]])).toEqual([{ id: kept.id }]);
      expect(await rows("select 1 from case_word where word = $1", [name])).toEqual([]);
      const [z] = await rows(
        "select number, purged_by, purged_by_name, proposed_by_name from purge_certificate where kind = 'cases'",
      );
      expect(z).toMatchObject({ purged_by: null, purged_by_name: late.name, proposed_by_name: first.name });
      expect(await rows("select family_name from person where given_name = ''")).toEqual([{ family_name: z.number }]);
      expect(await rows("select 1 from doomed_object")).toHaveLength(1);
      // The proposal of the backup's time isn't there; what is there stands whole.
      expect(await rows("select 1 from pg_constraint where contype = 'f' and not convalidated")).toEqual([]);
    });
    const before = await numbersOf(database.superuserUrl);
    await confirm(second, (await propose(first, [kept.id])).id);
    expect(await numbersOf(database.superuserUrl)).toHaveLength(before.length + 1);
  });
});

describe("wrong state", () => {
  test("a file that's there isn't written over, and districts that are there aren't either", async () => {
    setEnv(home);
    const file = join(folder, "twice.zip");
    await backup([file]);
    await expect(backup([file])).rejects.toThrow("is there already");
    await expect(restore([file])).rejects.toThrow("There are districts on this Baton already");
  });
});

describe("bad input", () => {
  test.each([
    ["nothing", null, "There is no file"],
    ["no zip", Buffer.from("PK nothing"), "is no backup of Baton’s"],
    ["half a zip", "half", "is no backup of Baton’s"],
    ["one byte of a table changed", "flipped", /was changed or isn’t whole|no backup|crc|invalid/i],
  ] as const)("%s: refused, and the database as before", async (_, content, sentence) => {
    setEnv(home);
    const whole = join(folder, `${randomUUID()}.zip`);
    await backup([whole]);
    const bytes = await readFile(whole);
    const file = join(folder, `${randomUUID()}.zip`);
    if (content === "half") await writeFile(file, bytes.subarray(0, bytes.length / 2));
    else if (content === "flipped") {
      const at = bytes.indexOf("tables/student") + 40;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      await writeFile(file, bytes);
    } else if (content) await writeFile(file, content);
    const { database, settings } = await elsewhere();
    setEnv(settings);
    const before = await contents(database.superuserUrl);
    await expect(restore([file])).rejects.toThrow(sentence);
    expect(await contents(database.superuserUrl)).toEqual(before);
  });

  test("no file named", async () => {
    await expect(backup([])).rejects.toThrow(StartProblem);
    await expect(restore([])).rejects.toThrow(StartProblem);
  });
});
