import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { seal } from "@/lib/jobs/seal";
import { storageFolder } from "../../support/storage-folder";
import { makeCase, makeWorld, send, sql, type World } from "./world";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const statusOf = async (transferId: string) =>
  (await sql<{ status: string }>("select status from transfer where id = $1", [transferId]))[0]?.status;
const object = (storageKey: string) => join(storageFolder(), storageKey);

/** A transfer that is still preparing, as a server leaves it that was killed after claiming the cases: its file gone, say, or cut. */
async function preparing(
  spoil?: (path: string) => Promise<void>,
): Promise<{ transferId: string; job: { districtId: string; transferId: string } }> {
  const { caseId, storageKey } = await makeCase(world.sender);
  const { caseId: otherCase, storageKey: otherKey } = await makeCase(world.sender);
  // The sending can't seal while the file isn't there; what it has claimed by then stays, for the worker.
  await sql("update stored_file set storage_key = 'zz/away' where storage_key = $1", [storageKey]);
  await send(world, [caseId, otherCase]);
  await sql("update stored_file set storage_key = $1 where storage_key = 'zz/away'", [storageKey]);
  await spoil?.(object(otherKey));
  const [row] = await sql<{ transfer_id: string }>("select transfer_id from transfer_case where case_id = $1", [
    caseId,
  ]);
  const transferId = row?.transfer_id as string;
  expect(await statusOf(transferId)).toBe("preparing");
  return { transferId, job: { districtId: world.sender.districtId, transferId } };
}

describe("succeeds", () => {
  it("seals what a server that was killed left preparing, once", async () => {
    const { transferId, job } = await preparing();
    await seal(job, 0);
    await seal(job, 0);
    expect(await statusOf(transferId)).toBe("pending");
    expect(await sql("select n from package_file where transfer_id = $1", [transferId])).toHaveLength(2);
  });
});

describe("an attachment that can't be read", () => {
  it.each([
    ["gone", (path: string) => rm(path)],
    ["cut", (path: string) => truncate(path, 20)],
  ])("fails the transfer after three tries where the file is %s, and frees the cases", async (_what, spoil) => {
    const { transferId, job } = await preparing(spoil);
    await expect(seal(job, 0)).rejects.toThrow();
    await expect(seal(job, 1)).rejects.toThrow();
    expect(await statusOf(transferId)).toBe("preparing");
    await seal(job, 2);
    expect(await statusOf(transferId)).toBe("failed");
    expect(await sql("select n from transfer_case where transfer_id = $1 and open", [transferId])).toEqual([]);
    const [notice] = await sql<{ data: { event: string } }>(
      "select data from pgboss.job where name = 'notify' and data ->> 'transferId' = $1",
      [transferId],
    );
    expect(notice?.data.event).toBe("transfer-failed");
  });
});

describe("other district", () => {
  it("does nothing for the receiving district", async () => {
    const { transferId } = await preparing();
    await seal({ districtId: world.receiver.districtId, transferId }, 5);
    expect(await statusOf(transferId)).toBe("preparing");
  });
});

describe("two at once", () => {
  it("seals once", async () => {
    const { transferId, job } = await preparing();
    await Promise.all(Array.from({ length: 4 }, () => seal(job, 0)));
    expect(await statusOf(transferId)).toBe("pending");
    expect(await sql("select n from package_item where transfer_id = $1", [transferId])).toHaveLength(3);
    expect(
      await sql("select id from transfer_event where transfer_id = $1 and verb = 'seal'", [transferId]),
    ).toHaveLength(1);
  });
});
