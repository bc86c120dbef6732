import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { issueNewCode, revealCode } from "@/lib/transfers/codes";
import { doors, makeWorld, outcome, type Someone, setSwitch } from "../../support/world";
import {
  auditOf,
  codeOf,
  eventsOf,
  mailsOf,
  overdue,
  preparing,
  type Sent,
  sent,
  statusOf,
  unlocked,
  wrongCode,
} from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const reveal = (transfer: { id: string }, by: Someone = lakeview.manager) =>
  revealCode(doors(by), { transferId: transfer.id });
const renew = (transfer: { id: string }, version = 1, by: Someone = lakeview.manager) =>
  issueNewCode(doors(by), { transferId: transfer.id, version });
const accept = (transfer: Sent, code: string) =>
  acceptTransfer(doors(riverbend.manager), { transferId: transfer.id, code });
const stateOf = async (transfer: { id: string }) =>
  (
    await sql<{ code_version: number; days: number }>(
      "select code_version, round(extract(epoch from expires_at - now()) / 86400)::int days, locked_at from transfer where id = $1",
      [transfer.id],
    )
  )[0];

describe("succeeds", () => {
  test("shows the code to every case manager of the sender, each showing written down", async () => {
    const transfer = await sent(world);
    expect(await reveal(transfer, lakeview.colleague)).toMatchObject({ code: transfer.code, version: 1, triesUsed: 0 });
    expect((await auditOf(world, lakeview, transfer.id)).filter((one) => one === "code.show")).toHaveLength(2);
    expect(await auditOf(world, riverbend, transfer.id)).not.toContain("code.show");
  });

  test("a new one replaces it: tries, lock and time begin anew, the receiver is told", async () => {
    const transfer = await sent(world);
    for (let i = 0; i < 5; i++) await outcome(accept(transfer, wrongCode(transfer.code)));
    await sql("update transfer set expires_at = now() + interval '1 hour' where id = $1", [transfer.id]);
    expect((await reveal(transfer))?.triesUsed).toBe(5);
    await renew(transfer);
    const now = await reveal(transfer);
    expect(now).toMatchObject({ version: 2, triesUsed: 0 });
    expect(now?.code).not.toBe(transfer.code);
    expect(await stateOf(transfer)).toEqual({ code_version: 2, days: 14, locked_at: null });
    expect(await outcome(accept(transfer, transfer.code))).toBe("wrong-code");
    await accept(transfer, now?.code as string);
    expect(await mailsOf(world, transfer.id)).toContain("transfer-new-code → Riverbend");
    expect(
      [await auditOf(world, lakeview, transfer.id), await auditOf(world, riverbend, transfer.id)].every((log) =>
        log.includes("code.issue"),
      ),
    ).toBe(true);
  });

  test("goes on while either side is switched off", async () => {
    const transfer = await sent(world);
    await Promise.all([setSwitch(world, lakeview, false), setSwitch(world, riverbend, false)]);
    await renew(transfer);
    await Promise.all([setSwitch(world, lakeview, true), setSwitch(world, riverbend, true)]);
    expect((await stateOf(transfer))?.code_version).toBe(2);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s", async (role) => {
    const transfer = await sent(world);
    expect(await outcome(reveal(transfer, lakeview[role]))).toBe("forbidden");
    expect(await outcome(renew(transfer, 1, lakeview[role]))).toBe("forbidden");
    expect((await stateOf(transfer))?.code_version).toBe(1);
  });
});

describe("other district", () => {
  test("shows and replaces nothing for the receiver or a third district", async () => {
    const transfer = await sent(world);
    for (const by of [riverbend.manager, maple.manager]) {
      expect(await outcome(reveal(transfer, by))).toBe("not-there");
      expect(await outcome(renew(transfer, 1, by))).toBe("not-there");
    }
    expect(await outcome(reveal({ id: randomUUID() }))).toBe("not-there");
    expect((await stateOf(transfer))?.code_version).toBe(1);
  });
});

describe("wrong state", () => {
  test("there's no code while it's prepared, once it's unlocked, or decided", async () => {
    const [opened, cancelled, early] = [await unlocked(world), await sent(world), await preparing(world)];
    await cancelTransfer(doors(lakeview.manager), { transferId: cancelled.id });
    for (const transfer of [opened, cancelled, early]) {
      expect(await reveal(transfer)).toBeNull();
      expect(await outcome(renew(transfer))).toBe("not-pending");
    }
    expect(await statusOf(world, opened.id)).toBe("unlocked");
  });

  test("a transfer whose time is over gets no new code", async () => {
    const transfer = await sent(world);
    await overdue(world, transfer.id);
    expect(await outcome(renew(transfer))).toBe("own-transfer-expired");
  });
});

describe("bad input", () => {
  test("a version that never was is refused, and changes nothing", async () => {
    const transfer = await sent(world);
    for (const version of [0, 2, 99]) expect(await outcome(renew(transfer, version))).toBe("changed-meanwhile");
    expect(await codeOf(lakeview.manager, transfer.id)).toBe(transfer.code);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal"]);
  });

  test("a sealed code of another transfer isn't opened", async () => {
    const [one, other] = await Promise.all([sent(world), sent(world)]);
    await sql(
      "update transfer_key k set code_sealed = o.code_sealed from transfer_key o where k.transfer_id = $1 and o.transfer_id = $2",
      [one.id, other.id],
    );
    await expect(reveal(one)).rejects.toThrow();
  });
});

describe("two at once", () => {
  test("several clicks on New code, of several people, issue one", async () => {
    const transfer = await sent(world);
    await Promise.all([renew(transfer), renew(transfer), renew(transfer, 1, lakeview.colleague)]);
    expect((await stateOf(transfer))?.code_version).toBe(2);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "new-code"]);
    expect((await mailsOf(world, transfer.id)).filter((one) => one.startsWith("transfer-new-code"))).toHaveLength(1);
    await accept(transfer, await codeOf(lakeview.manager, transfer.id));
  });

  test("a new code and the last try of the old one: both end, and the new code isn't locked", async () => {
    for (let i = 0; i < 8; i++) {
      const transfer = await sent(world);
      await sql("update transfer_key set tries_used = 4 where transfer_id = $1", [transfer.id]);
      const [renewing, guessing] = await Promise.all([
        outcome(renew(transfer)),
        outcome(accept(transfer, wrongCode(transfer.code))),
      ]);
      expect(renewing).toBe("done");
      expect(["code-locked", "wrong-code"]).toContain(guessing);
      expect(await stateOf(transfer)).toMatchObject({ code_version: 2, locked_at: null });
      await accept(transfer, await codeOf(lakeview.manager, transfer.id));
    }
  });

  test("a new code and the old one given: it opens with the old, or the new one is issued, never both", async () => {
    for (let i = 0; i < 6; i++) {
      const transfer = await sent(world);
      const [renewing, accepting] = await Promise.all([
        outcome(renew(transfer)),
        outcome(accept(transfer, transfer.code)),
      ]);
      const status = await statusOf(world, transfer.id);
      if (status === "unlocked")
        expect([renewing, accepting, await eventsOf(world, transfer.id)]).toEqual([
          "not-pending",
          "done",
          ["seal", "unlock"],
        ]);
      else {
        expect([status, renewing]).toEqual(["pending", "done"]);
        expect(["wrong-code", "code-replaced"]).toContain(accepting);
        await accept(transfer, await codeOf(lakeview.manager, transfer.id));
      }
    }
  });
});
