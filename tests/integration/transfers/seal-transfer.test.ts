import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Doors } from "@/lib/db/types";
import { workerOf } from "@/lib/policy";
import { objectStore } from "@/lib/storage/open-store";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { failTransfer } from "@/lib/transfers/fail-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import { readSnapshot } from "@/lib/transfers/snapshot";
import { storageFolder } from "../../support/storage-folder";
import { addCase, attach, doors, makeWorld, textFile } from "../../support/world";
import { codeOf, decision, draft, eventsOf, preparing, remainsOf, sending, sent, statusOf } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const seal = (id: string, by: Doors = doors(workerOf(lakeview.id))) => sealTransfer(by, { transferId: id });
const objects = async () => (await Array.fromAsync(objectStore().list(""))).map((one) => one.key).sort();
const nothing = { items: 0, files: 0, keys: 0 };

/** Doors of the worker that fail at the end of the storing transaction: before its commit, or after it when the answer is lost. */
function breaking(when: "before" | "after"): Doors {
  const real = doors(workerOf(lakeview.id));
  let calls = 0;
  return {
    ...real,
    exchange: async (transferId, run) => {
      const last = ++calls === 2;
      const result = await real.exchange(transferId, async (tx) => {
        const done = await run(tx);
        if (last && when === "before") throw new Error("killed");
        return done;
      });
      if (last) throw new Error("answer lost");
      return result;
    },
  };
}

describe("succeeds", () => {
  test("freezes the cases, copies each file under a key of its own, makes the code, starts the clock", async () => {
    await sql("update district_settings set expiry_days = 5 where district_id = $1", [lakeview.id]);
    const files = [textFile("a.txt"), textFile("b.txt", 70_000)];
    const { id } = await preparing(world, [{ files, given: "Secretname" }, {}]);
    const before = await objects();
    await seal(id);
    const [row] = await sql(
      "select status, code_version, total_bytes, round(extract(epoch from expires_at - sent_at) / 86400)::int days from transfer where id = $1",
      [id],
    );
    expect(row).toEqual({ status: "pending", code_version: 1, total_bytes: "71000", days: 5 });
    expect(await remainsOf(world, id)).toEqual({ items: 3, files: 2, keys: 1 });
    const copies = (await objects()).filter((key) => !before.includes(key));
    const packed = await sql<{ storage_key: string; sha256: Buffer; key_sealed: Buffer }>(
      "select storage_key, sha256, key_sealed from package_file where transfer_id = $1 order by n",
      [id],
    );
    expect(packed.map((file) => file.storage_key).sort()).toEqual(copies);
    expect(packed.map((file) => file.sha256.toString("hex")).sort()).toEqual(
      files.map((file) => createHash("sha256").update(file.bytes).digest("hex")).sort(),
    );
    const items = await sql<{ sealed: Buffer }>("select sealed from package_item where transfer_id = $1", [id]);
    expect(items.some((item) => item.sealed.includes("Secretname"))).toBe(false);
    expect(
      await sql(
        "select n, cardinality(file_sha256) file_count from package_manifest where transfer_id = $1 order by n",
        [id],
      ),
    ).toMatchObject([{ n: 0, file_count: 0 }, { n: 1 }, { n: 2 }]);
    expect(await sql("select count(*)::int n from disclosure where transfer_id = $1", [id])).toEqual([{ n: 2 }]);
    await sql("update district_settings set expiry_days = 14 where district_id = $1", [lakeview.id]);
  });

  test("later edits and files of the sender don't travel", async () => {
    const { id, cases, code } = await sent(world, { cases: [{ notes: ["As sent"] }] });
    await sql("update note set body = 'Changed' where case_id = $1", [cases[0]?.id]);
    await acceptTransfer(doors(riverbend.manager), { transferId: id, code });
    await decideItem(doors(riverbend.manager), { ...decision(1), transferId: id, applyToAll: false });
    await saveTransfer(doors(riverbend.manager), { transferId: id });
    expect(
      await sql('select n.body from note n join "case" c on c.id = n.case_id where c.origin_transfer_id = $1', [id]),
    ).toEqual([{ body: "As sent" }]);
  });
});

describe("wrong permission", () => {
  test("asks nobody's permission: the sending was allowed, and a worker has none of its own", async () => {
    const { id } = await preparing(world);
    await seal(id, doors({ ...workerOf(lakeview.id), permissions: new Set() }));
    expect(await statusOf(world, id)).toBe("pending");
  });
});

describe("other district", () => {
  test("does nothing for the receiver's or a third district's worker", async () => {
    const { id } = await preparing(world, [{ files: [textFile()] }]);
    const before = await objects();
    await seal(id, doors(workerOf(riverbend.id)));
    await seal(id, doors(workerOf(maple.id)));
    expect([await statusOf(world, id), await remainsOf(world, id), await objects()]).toEqual([
      "preparing",
      nothing,
      before,
    ]);
  });
});

describe("wrong state", () => {
  test("leaves alone what is sealed or given up", async () => {
    const { id } = await preparing(world);
    await seal(id);
    const code = await codeOf(lakeview.manager, id);
    await seal(id);
    expect(await codeOf(lakeview.manager, id)).toBe(code);
    const given = await preparing(world);
    await failTransfer(doors(workerOf(lakeview.id)), { transferId: given.id, reason: "damaged" });
    await seal(given.id);
    expect([await statusOf(world, given.id), await remainsOf(world, given.id)]).toEqual(["failed", nothing]);
  });
});

describe("bad input", () => {
  test.each(["damaged", "missing"])("an attachment that is %s stops it, and nothing is left behind", async (how) => {
    const { id, caseIds } = await preparing(world, [{ files: [textFile(), textFile(), textFile()] }]);
    const [file] = await sql<{ storage_key: string }>(
      "select f.storage_key from stored_file f join attachment a on a.file_id = f.id where a.case_id = $1 limit 1",
      caseIds,
    );
    const path = join(storageFolder(), file?.storage_key as string);
    await (how === "missing" ? rm(path) : writeFile(path, Buffer.alloc(500, 1)));
    const before = await objects();
    await expect(seal(id)).rejects.toThrow();
    expect([await statusOf(world, id), await remainsOf(world, id), await objects()]).toEqual([
      "preparing",
      nothing,
      before,
    ]);
    expect(await failTransfer(doors(workerOf(lakeview.id)), { transferId: id, reason: how })).toBe(true);
  });
});

test("sending cases whose attachment can't be read leaves them claimed for the worker, who says why in the end", async () => {
  const [{ id: caseId }, { id: whole }] = [await addCase(world, lakeview), await addCase(world, lakeview)];
  await rm(join(storageFolder(), await attach(world, lakeview, caseId, textFile())));
  const dispatchId = await draft(world, lakeview.manager, [caseId, whole]);
  const { transferIds } = await sendCases(doors(lakeview.manager), sending(dispatchId, [riverbend, maple]));
  expect(await Promise.all(transferIds.map((id) => statusOf(world, id)))).toEqual(["preparing", "preparing"]);
});

describe("two at once", () => {
  test("of several that seal one transfer, one does, and no copy is left over", async () => {
    const { id } = await preparing(world, [{ files: [textFile(), textFile()] }]);
    const before = await objects();
    await Promise.all([seal(id), seal(id), seal(id), seal(id)]);
    expect(await eventsOf(world, id)).toEqual(["seal"]);
    expect(await remainsOf(world, id)).toEqual({ items: 2, files: 2, keys: 1 });
    expect((await objects()).length - before.length).toBe(2);
  });

  test("what is attached or removed while it's read travels whole or not at all", async () => {
    const { id, caseIds } = await preparing(world, [{ files: [textFile("stays.txt"), textFile("goes.txt")] }]);
    const worker = doors(workerOf(lakeview.id));
    const snapshot = await worker.exchange(id, (tx) => {
      let reads = 0;
      const between = async () => {
        if (++reads !== 1) return;
        await attach(world, lakeview, caseIds[0] as string, textFile("comes.txt"));
        await sql("delete from attachment where case_id = $1 and name = 'goes.txt'", caseIds);
      };
      const query = tx.$queryRaw.bind(tx) as (...args: unknown[]) => Promise<unknown>;
      const slow = new Proxy(tx, {
        get: (target, name) =>
          name === "$queryRaw"
            ? (...args: unknown[]) => query(...args).then((rows) => between().then(() => rows))
            : Reflect.get(target, name),
      });
      return readSnapshot(slow, id);
    });
    expect(snapshot.cases[0]?.content.attachments.map((one) => [one.name, one.file])).toEqual([
      ["stays.txt", snapshot.files[0]?.n],
    ]);
    expect(snapshot.files).toHaveLength(1);
  });

  test("killed between the copies and the commit, it leaves no rows, and the worker can seal again", async () => {
    const { id } = await preparing(world, [{ files: [textFile()] }]);
    await expect(seal(id, breaking("before"))).rejects.toThrow("killed");
    expect([await statusOf(world, id), await remainsOf(world, id)]).toEqual(["preparing", nothing]);
    expect(await sql("select from disclosure where transfer_id = $1", [id])).toEqual([]);
    await seal(id);
    expect([await statusOf(world, id), await remainsOf(world, id)]).toEqual([
      "pending",
      { items: 2, files: 1, keys: 1 },
    ]);
  });

  test("when the answer of the commit is lost, the package keeps its files", async () => {
    const { id } = await preparing(world, [{ files: [textFile()] }]);
    await expect(seal(id, breaking("after"))).rejects.toThrow("answer lost");
    const [file] = await sql<{ storage_key: string }>("select storage_key from package_file where transfer_id = $1", [
      id,
    ]);
    expect(await objects()).toContain(file?.storage_key);
    await seal(id);
    expect(await eventsOf(world, id)).toEqual(["seal"]);
  });
});
