import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromBuffer } from "yauzl";
import { testDatabase } from "../../support/database";
import { makeWorld } from "../../support/world";
import { addStudent, handedOver } from "./document-hand-over";
import { statusOf } from "./hand-over";

const bundle = "../shared/data/grand-bend-oneroster-1.1.zip";
const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;

type Name = { given: string; family: string };
let names: Name[] = [];
const client = new pg.Client({ connectionString: testDatabase().superuserUrl });

/** One file of a zip. */
function unzip(zip: Buffer, name: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error) return reject(error);
      file.on("entry", (entry) => {
        if (entry.fileName !== name) return file.readEntry();
        file.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          void Array.fromAsync(stream as AsyncIterable<Buffer>).then(
            (chunks) => resolve(Buffer.concat(chunks)),
            reject,
          );
        });
      });
      file.on("end", () => reject(new Error(`no ${name}`)));
      file.readEntry();
    });
  });
}

beforeAll(async () => {
  await client.connect();
  if (!existsSync(bundle)) return;
  const rows = parse(await unzip(await readFile(bundle), "users.csv"), { columns: true, bom: true }) as Record<
    string,
    string
  >[];
  names = rows.map((row) => ({ given: row.givenName ?? "", family: row.familyName ?? "" }));
});
afterAll(() => client.end());

const agree = async (a: Name, b: Name, called: [string | null, string | null] = [null, null]): Promise<number> => {
  const { rows } = await client.query<{ n: number }>("select names_agree($1, $2, $3, $4, $5, $6) n", [
    a.given,
    called[0],
    a.family,
    b.given,
    called[1],
    b.family,
  ]);
  return rows[0]?.n as number;
};

/** The same name as another clerk writes it: case, accents, hyphens, apostrophes and the order of its words don't count. */
const rewrite = (name: string, how: number): string => {
  const words = name.split(/[\s-]+/).filter(Boolean);
  return [
    name.toUpperCase(),
    name.toLowerCase(),
    name.normalize("NFD"),
    name.normalize("NFD").replaceAll(/\p{Mn}/gu, ""),
    words.join("-"),
    words.join(" "),
    words.toReversed().join(" "),
    ` ${name.replaceAll(" ", "  ")} `,
    name.replaceAll("'", "’"),
  ][how % 9] as string;
};
const rewritten = fc.nat(8);

describe("succeeds: over the names of a real roster", () => {
  const anyName = () => fc.nat(names.length - 1).map((i) => names[i] as Name);

  test("every name agrees with itself, however it's written", async ({ skip }) => {
    skip(names.length === 0, `${bundle} isn't there`);
    await fc.assert(
      fc.asyncProperty(anyName(), rewritten, rewritten, async (name, one, two) => {
        expect(await agree(name, { given: rewrite(name.given, one), family: rewrite(name.family, two) })).toBe(2);
      }),
      { numRuns: 500 },
    );
  });

  test("agreeing is mutual, in all pairs at once; and quick", async ({ skip }) => {
    skip(names.length === 0, `${bundle} isn't there`);
    const some = names.slice(0, 60);
    const start = performance.now();
    const { rows } = await client.query<{ pairs: number; lopsided: number; different: number }>(
      `with n as (select * from jsonb_to_recordset($1) x (given text, family text)),
       p as (select a.given ag, a.family af, b.given bg, b.family bf, names_agree(a.given, null, a.family, b.given, null, b.family) ab, names_agree(b.given, null, b.family, a.given, null, a.family) ba from n a cross join n b)
       select count(*)::int pairs, count(*) filter (where ab <> ba)::int lopsided, count(*) filter (where ab = 2 and (norm(ag), norm(af)) <> (norm(bg), norm(bf)))::int different from p`,
      [JSON.stringify(some)],
    );
    const each = (performance.now() - start) / ((rows[0]?.pairs ?? 1) * 2);
    expect(rows[0]).toMatchObject({ pairs: some.length ** 2, lopsided: 0, different: 0 });
    expect(each).toBeLessThan(2);
  });

  test("with a name that roster gives as preferred it's mutual as well", async ({ skip }) => {
    skip(names.length === 0, `${bundle} isn't there`);
    const called = () => fc.option(anyName().map((one) => one.given));
    await fc.assert(
      fc.asyncProperty(anyName(), anyName(), called(), called(), async (a, b, x, y) => {
        expect(await agree(a, b, [x, y])).toBe(await agree(b, a, [y, x]));
      }),
      { numRuns: 500 },
    );
  });

  test("one typing error in a long name is a near thing, in a short one another name", async () => {
    expect(await agree({ given: "Jonathan", family: "Abernathy" }, { given: "Jonahtan", family: "Abernathy" })).toBe(1);
    expect(await agree({ given: "Jonathan", family: "Abernathy" }, { given: "Jonathan", family: "Abernaty" })).toBe(1);
    expect(await agree({ given: "Jonahtan", family: "Abernaty" }, { given: "Jonathan", family: "Abernathy" })).toBe(0);
    expect(await agree({ given: "Mia", family: "Abernathy" }, { given: "Mio", family: "Abernathy" })).toBe(0);
    expect(await agree({ given: "Ana", family: "Torres" }, { given: "Torres", family: "Ana" })).toBe(1);
    expect(await agree({ given: "", family: "" }, { given: "", family: "" })).toBe(0);
    expect(await agree({ given: "x".repeat(5000), family: "y" }, { given: "x".repeat(5000), family: "y" })).toBe(2);
  });
});

/** What becomes of documents about `sent` where the receiver's roster has `ours` under the number that was typed. */
async function fate(
  sent: Parameters<typeof addStudent>[2],
  ours: Parameters<typeof addStudent>[2],
  to = riverbend,
): Promise<string> {
  const student = await addStudent(world, to, ours);
  const transfer = await handedOver(world, { person: sent ?? {}, to, input: { sisId: student.sisId } });
  // The fixture's own copy of the person stands beside; who it went to has to be the one of that number.
  const wrong = await sql("select 1 from document where origin_transfer_id = $1 and student_id <> $2", [
    transfer.id,
    student.id,
  ]);
  expect(wrong).toEqual([]);
  return statusOf(world, transfer.id);
}

describe("is held", () => {
  test("never agrees on differing birth dates, nor without one", async () => {
    const days = fc
      .date({ min: new Date("2005-01-01"), max: new Date("2021-12-31"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
    await fc.assert(
      fc.asyncProperty(fc.option(days), fc.option(days), async (one, two) => {
        fc.pre(one === null || one !== two);
        const name = { given: "Alexandrina", family: "Featherstonehaugh" };
        expect(await fate({ ...name, birthDate: one }, { ...name, birthDate: two })).toBe("held");
      }),
      { numRuns: 12 },
    );
  });

  test.each([
    ["Jayden", "Jaden"],
    ["Mia", "Mio"],
  ])("twins told apart by a letter: %s and %s", async (one, two) => {
    const both = { family: `Twin${one}`, birthDate: "2013-03-03" };
    await addStudent(world, lakeview, { ...both, given: two });
    expect(await fate({ ...both, given: one }, { ...both, given: two })).toBe("held");
  });

  test("a twin whose other half is on the sender's roster alone", async () => {
    const both = { family: "Featherstone", birthDate: "2013-03-04" };
    const receiverOnly = await addStudent(world, maple, { ...both, given: "Jaydenn" });
    await addStudent(world, lakeview, { ...both, given: "Jaydenn" });
    // The fixture would put the sent person onto the receiver's roster as well: sent to a third district it stays out of this one.
    const transfer = await handedOver(world, {
      person: { ...both, given: "Jayden" },
      input: { sisId: receiverOnly.sisId, receiverId: maple.id },
      to: riverbend,
    }).catch(() => null);
    expect(transfer).toBeNull();
    const [row] = await sql<{ id: string }>(
      "select id from transfer where receiving_district_id = $1 order by created_at desc limit 1",
      [maple.id],
    );
    const { handOver } = await import("@/lib/jobs/hand-over");
    await handOver({ districtId: maple.id, transferId: row?.id as string }, 0);
    expect(await statusOf(world, row?.id as string)).toBe("held");
  });

  test("Alexander and Alexandra, both called Alex", async () => {
    const both = { family: "Okafor", birthDate: "2012-12-12", preferred: "Alex" };
    expect(await fate({ ...both, given: "Alexander" }, { ...both, given: "Alexandra" })).toBe("held");
  });

  test("a state ID that differs within one state; in another state it says nothing", async () => {
    const name = { given: "Same", family: "Person", birthDate: "2012-01-01" };
    expect(await fate({ ...name, stateId: "TX-1" }, { ...name, stateId: "TX-2" }, maple)).toBe("held");
    expect(await fate({ ...name, stateId: "tx-1 " }, { ...name, stateId: "TX-1" }, maple)).toBe("delivered");
    expect(await fate({ ...name, stateId: "TX-1" }, { ...name, stateId: "CA-2" })).toBe("delivered");
    expect(await fate({ ...name, stateId: "TX-1" }, { ...name, stateId: null }, maple)).toBe("delivered");
  });
});
