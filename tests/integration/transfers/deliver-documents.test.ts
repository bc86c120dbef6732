import { createHash, randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { doorsFor } from "@/lib/db/exchange";
import { recheck } from "@/lib/jobs/recheck";
import { workerOf } from "@/lib/policy";
import { SealError } from "@/lib/storage/aes-gcm";
import { unwrapAddress } from "@/lib/storage/file-address";
import { readFile } from "@/lib/storage/files";
import { recallDocuments, returnDocuments } from "@/lib/transfers/decide-documents";
import { deliverDocuments } from "@/lib/transfers/deliver-documents";
import { listHeld } from "@/lib/transfers/list-held";
import { doors, makeWorld, outcome, type Someone, type TestDistrict, textFile } from "../../support/world";
import {
  arrivedWith,
  disclosedWith,
  handedOver,
  heldDocuments,
  type SentDocuments,
  sealedDocuments,
  type TestStudent,
} from "./document-hand-over";
import { auditOf, eventsOf, mailsOf, remainsOf, sent as sentCases, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const worker = (district: TestDistrict = riverbend) => doorsFor(workerOf(district.id));
const deliver = (id: string, by = worker()) => deliverDocuments(by, { transferId: id });
const arrived = (id: string) => arrivedWith(world, id);
const disclosed = (id: string) => disclosedWith(world, id);
const setStudent = (student: TestStudent, column: string, value: unknown) =>
  sql(`update student set ${column} = $2 where id = $1`, [student.id, value]);
const held = (by: Someone) => doors(by).district((tx) => listHeld(tx, by));
afterEach(async () => {
  await sql("update district set documents_off = false");
  // Out of the next test's way, and out of what is counted as a day's checks.
  for (const by of [riverbend.clerk, maple.clerk])
    for (const transferId of await held(by)) await returnDocuments(doors(by), { transferId, reason: "Over" });
  await sql("update transfer set created_at = now() - interval '25 hours'");
});

describe("succeeds", () => {
  test("what agrees gets to the student and the owner, every byte of it, and the sender keeps the originals", async () => {
    const files = [textFile("a.txt", 1), textFile("b.txt", 65_536), textFile("c.txt", 200_003)];
    const sent = await sealedDocuments(world, { documents: files.map((file, i) => ({ file, title: `No ${i}` })) });
    expect(await deliver(sent.id)).toBe("delivered");
    const rows = await sql<{ title: string; size: string; sha256: Buffer; storage_key: string; key_wrapped: Buffer }>(
      `select d.title, f.* from document d join stored_file f on f.district_id = d.district_id and f.id = d.file_id
       where d.origin_transfer_id = $1 and d.district_id = $2 and d.student_id = $3 and d.owner_id = $4 and d.origin_district_id = $5 order by d.title`,
      [sent.id, riverbend.id, sent.there.id, riverbend.clerk.membershipId, lakeview.id],
    );
    expect(rows.map((row) => row.title)).toEqual(["No 0", "No 1", "No 2"]);
    for (const [i, row] of rows.entries()) {
      const address = unwrapAddress(riverbend.id, { storageKey: row.storage_key, keyWrapped: row.key_wrapped });
      const bytes = Buffer.concat(await readFile(address).toArray());
      expect(bytes.equals(files[i]?.bytes as Buffer)).toBe(true);
      expect(createHash("sha256").update(bytes).digest().equals(row.sha256)).toBe(true);
      expect(Number(row.size)).toBe(bytes.length);
      // The sender's key is no good for it.
      expect(() => unwrapAddress(lakeview.id, { storageKey: row.storage_key, keyWrapped: row.key_wrapped })).toThrow(
        SealError,
      );
    }
    expect(
      await sql(
        "select count(*)::int n from document where id = any ($1) and deleted_at is null and district_id = $2",
        [sent.documentIds, lakeview.id],
      ),
    ).toEqual([{ n: 3 }]);
    expect(await remainsOf(world, sent.id)).toEqual({ items: 0, files: 0, keys: 0 });
    expect(await sql("select 1 from package_key where transfer_id = $1", [sent.id])).toEqual([]);
  });

  test("both sides' logs say that it was checked and delivered; the sender's record says what was disclosed, once", async () => {
    const sent = await sealedDocuments(world, { documents: [{}, { type: "bip" }] });
    await deliver(sent.id);
    for (const district of [lakeview, riverbend])
      expect((await auditOf(world, district, sent.id)).slice(-2)).toEqual(["identity.check", "transfer.deliver"]);
    const received = await sql(
      `select count(*)::int n, bool_and(a.district_id = $2 and a.actor_name = 'Baton') theirs from audit a
       join document d on d.id = a.subject_id where a.action = 'document.receive' and d.origin_transfer_id = $1`,
      [sent.id, riverbend.id],
    );
    expect(received).toEqual([{ n: 2, theirs: true }]);
    expect(await deliver(sent.id)).toBeNull();
    expect(await recheck({ districtId: riverbend.id })).toBe(0);
    expect(await disclosed(sent.id)).toEqual(["Documents: bip, iep"]);
    expect(
      await sql("select 1 from disclosure where transfer_id = $1 and district_id <> $2", [sent.id, lakeview.id]),
    ).toEqual([]);
  });

  test.each<[string, (sent: SentDocuments) => Promise<unknown>]>([
    ["an owner typed in capitals, between spaces", () => Promise.resolve()],
    ["case and accents", ({ there }) => setStudent(there, "family_name", "NUNEZ OBRIEN")],
    ["a state ID of another state", ({ there }) => setStudent(there, "state_id", "CA-9")],
  ])("kept apart by nothing: %s", async (_, change) => {
    const sent = await sealedDocuments(world, {
      person: { stateId: "TX-9", family: "Núñez-O’Brien" },
      input: { owner: ` CLERK@${riverbend.slug}.example ` },
    });
    await change(sent);
    expect(await deliver(sent.id)).toBe("delivered");
    expect(await arrived(sent.id)).toMatchObject([
      { student_id: sent.there.id, owner_id: riverbend.clerk.membershipId },
    ]);
  });

  test("the list of what is held: the receiver's own, the oldest first", async () => {
    const [one, two] = [await heldDocuments(world, { to: maple }), await heldDocuments(world, { to: maple })];
    await sql("update transfer set held_at = now() - interval '1 day' where id = $1", [two.id]);
    expect(await held(maple.clerk)).toEqual([two.id, one.id]);
    expect(await held(lakeview.clerk)).toEqual([]);
    expect(await held(riverbend.clerk)).not.toContain(one.id);
    expect(await outcome(held(maple.staff))).toBe("forbidden");
  });
});

describe("wrong permission", () => {
  test.each(["manager", "staff"] as const)("refuses a %s", async (role) => {
    const sent = await sealedDocuments(world);
    expect(await outcome(deliver(sent.id, doors(riverbend[role])))).toBe("forbidden");
    expect(await statusOf(world, sent.id)).toBe("preparing");
  });
});

describe("other district", () => {
  test("the sender, a third district and the workers of both get nothing, before and while it's held", async () => {
    for (const sent of [await sealedDocuments(world), await heldDocuments(world)]) {
      const before = await statusOf(world, sent.id);
      for (const by of [doors(lakeview.clerk), doors(maple.clerk), worker(lakeview), worker(maple)])
        expect(await outcome(deliver(sent.id, by))).toBe("not-there");
      expect(await statusOf(world, sent.id)).toBe(before);
      expect(await arrived(sent.id)).toEqual([]);
    }
  });

  test("nor does their door give the package or its key", async () => {
    for (const sent of [await sealedDocuments(world), await heldDocuments(world)])
      for (const by of [worker(lakeview), worker(maple)]) {
        const found = await by.exchange(sent.id, async (tx) => [
          await tx.$queryRaw<
            { key: unknown }[]
          >`select coalesce(exchange_document_key(${sent.id}::uuid), exchange_show_identity(${sent.id}::uuid)) key`,
          await tx.packageItem.count(),
          await tx.packageFile.count(),
          await tx.$queryRaw`select * from exchange_match(${sent.id}::uuid, ${sent.here.given}, null, ${sent.here.family}, ${sent.here.birthDate}::date, null, false, ${sent.there.sisId}, 'clerk')`,
        ]);
        expect(found).toEqual([[{ key: null }], 0, 0, []]);
      }
  });

  test("the receiver's own matching sees its own roster only, whichever transfer the door is open for", async () => {
    const [sent, other] = [await sealedDocuments(world), await sealedDocuments(world, { to: maple })];
    const found = await worker().exchange(
      sent.id,
      (tx) =>
        tx.$queryRaw`select * from exchange_match(${other.id}::uuid, ${other.here.given}, null, ${other.here.family}, ${other.here.birthDate}::date, null, false, ${other.there.sisId}, 'clerk')`,
    );
    expect(found).toEqual([]);
  });
});

describe("wrong state", () => {
  test("nothing comes of what is delivered, returned or recalled", async () => {
    const delivered = await handedOver(world);
    const returned = await heldDocuments(world);
    await returnDocuments(doors(riverbend.clerk), { transferId: returned.id, reason: "No" });
    const recalled = await heldDocuments(world);
    await recallDocuments(doors(lakeview.clerk), { transferId: recalled.id, reason: "No" });
    for (const [one, documents] of [
      [delivered, 1],
      [returned, 0],
      [recalled, 0],
    ] as const) {
      const before = await eventsOf(world, one.id);
      expect(await deliver(one.id)).toBeNull();
      expect(await arrived(one.id)).toHaveLength(documents);
      expect(await eventsOf(world, one.id)).toEqual(before);
    }
  });

  test("what isn't sealed yet isn't there", async () => {
    const sent = await sealedDocuments(world);
    await sql("update transfer set package_sha256 = null where id = $1", [sent.id]);
    expect(await outcome(deliver(sent.id))).toBe("not-there");
  });
});

describe("bad input", () => {
  test("an id that nothing has, and a transfer of cases", async () => {
    expect(await outcome(deliver(randomUUID()))).toBe("not-there");
    expect(await outcome(deliver((await sentCases(world)).id))).toBe("not-there");
  });

  test.each<[string, (id: string, other: string) => Promise<unknown>]>([
    [
      "the cover",
      (id) =>
        sql(
          "update package_item set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where transfer_id = $1 and n = 0",
          [id],
        ),
    ],
    [
      "a document",
      (id) =>
        sql(
          "update package_item set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where transfer_id = $1 and n = 2",
          [id],
        ),
    ],
    [
      "a hash in the manifest",
      (id) =>
        sql("update package_manifest set sha256 = decode(repeat('00', 32), 'hex') where transfer_id = $1 and n = 1", [
          id,
        ]),
    ],
    [
      "two documents, swapped",
      (id) =>
        sql(
          "update package_item a set sealed = b.sealed from package_item b where a.transfer_id = $1 and b.transfer_id = $1 and a.n in (1, 2) and b.n = 3 - a.n",
          [id],
        ),
    ],
    [
      "the cover, by that of another transfer",
      (id, other) =>
        sql(
          "update package_item a set sealed = b.sealed from package_item b where a.transfer_id = $1 and b.transfer_id = $2 and a.n = 0 and b.n = 0",
          [id, other],
        ),
    ],
    [
      "the key, by that of another transfer",
      (id, other) =>
        sql(
          "update package_key a set key_sealed = b.key_sealed from package_key b where a.transfer_id = $1 and b.transfer_id = $2",
          [id, other],
        ),
    ],
    [
      "a file's key, by that of another file",
      (id) =>
        sql(
          "update package_file a set key_sealed = b.key_sealed from package_file b where a.transfer_id = $1 and b.transfer_id = $1 and a.n in (1, 2) and b.n = 3 - a.n",
          [id],
        ),
    ],
  ])("%s was changed: nothing of it is delivered", async (_, change) => {
    const [sent, other] = [await sealedDocuments(world, { documents: [{}, {}] }), await sealedDocuments(world)];
    await change(sent.id, other.id);
    await expect(deliver(sent.id)).rejects.toThrow(SealError);
    expect(await statusOf(world, sent.id)).toBe("preparing");
    expect([await arrived(sent.id), await disclosed(sent.id)]).toEqual([[], []]);
    expect(await eventsOf(world, sent.id)).toEqual(["seal"]);
  });
});

describe("two at once", () => {
  test("two workers deliver it once", async () => {
    const sent = await sealedDocuments(world, { documents: [{}, {}] });
    const results = await Promise.all([deliver(sent.id), deliver(sent.id)]);
    expect(results.toSorted()).toEqual(["delivered", null]);
    expect(await arrived(sent.id)).toHaveLength(2);
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "deliver"]);
    expect(await disclosed(sent.id)).toEqual(["Documents: iep (2)"]);
    expect((await auditOf(world, lakeview, sent.id)).filter((action) => action === "identity.check")).toHaveLength(1);
  });

  test("two workers hold it once", async () => {
    const sent = await sealedDocuments(world, { input: { sisId: "nobody" } });
    expect(await Promise.all([deliver(sent.id), deliver(sent.id)])).toEqual(["held", "held"]);
    expect(await eventsOf(world, sent.id)).toEqual(["seal", "hold"]);
    for (const district of [lakeview, riverbend])
      expect((await auditOf(world, district, sent.id)).filter((action) => action === "identity.check")).toHaveLength(1);
    expect(await mailsOf(world, sent.id)).toHaveLength(2);
  });

  test("a return while the student arrives: delivered, or returned with nothing there", async () => {
    const sent = await heldDocuments(world, { input: { sisId: "BOTH" } });
    await setStudent(sent.there, "sis_id", "BOTH");
    const [delivered, returned] = await Promise.all([
      deliver(sent.id),
      outcome(returnDocuments(doors(riverbend.clerk), { transferId: sent.id, reason: "No" })),
    ]);
    expect([delivered, returned]).toEqual(delivered ? ["delivered", "transfer-moved"] : [null, "done"]);
    expect(await arrived(sent.id)).toHaveLength(delivered ? 1 : 0);
  });
});
