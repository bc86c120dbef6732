import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withConnection } from "@/lib/run/postgres";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { issueNewCode } from "@/lib/transfers/codes";
import { testDatabase } from "../../support/database";
import { figure, times } from "../../support/figures";
import { addMember, doors, makeWorld, outcome, type Someone, setSwitch } from "../../support/world";
import {
  auditOf,
  codeOf,
  draft,
  entered,
  eventsOf,
  mailsOf,
  overdue,
  type Sent,
  sent,
  statusOf,
  unlocked,
  wrongCode,
} from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const accept = (transfer: Sent, code = transfer.code, by: Someone = riverbend.manager) =>
  acceptTransfer(doors(by), { transferId: transfer.id, code });
const wrong = async (transfer: Sent) => {
  const refused = await accept(transfer, wrongCode(transfer.code)).catch((error: unknown) => error);
  return refused as { kind: string; data: { triesLeft: number } | undefined };
};
const triesUsed = async (transfer: Sent) =>
  (await sql<{ tries_used: number }>("select tries_used from transfer_key where transfer_id = $1", [transfer.id]))[0]
    ?.tries_used;
/** Who made them, of those that count against the limits of an hour. */
const triesOfAnHour = async (transfer: Sent) =>
  (
    await sql<{ membership_id: string }>("select membership_id from code_try where transfer_id = $1", [transfer.id])
  ).map((row) => row.membership_id);
const members = (n: number) =>
  Promise.all(Array.from({ length: n }, () => addMember(world, riverbend, `m${randomUUID()}`, ["manageCases"])));

describe("succeeds", () => {
  test("unlocks with the right code, written down on both sides, the sender told", async () => {
    const transfer = await sent(world);
    await accept(transfer);
    expect(await statusOf(world, transfer.id)).toBe("unlocked");
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "unlock"]);
    expect((await auditOf(world, lakeview, transfer.id)).at(-1)).toBe("transfer.unlock");
    expect((await auditOf(world, riverbend, transfer.id)).at(-1)).toBe("transfer.unlock");
    expect(await mailsOf(world, transfer.id)).toContain("transfer-unlocked → Lakeview");
    expect(
      await sql(
        "select actor_name from audit where district_id = $1 and subject_id = $2 and action = 'transfer.unlock'",
        [lakeview.id, transfer.id],
      ),
    ).toEqual([{ actor_name: null }]);
  });

  test("keeps of the keys the receiver's alone: the code and what hangs on it are gone", async () => {
    const transfer = await unlocked(world);
    const [key] = await sql(
      "select length(code_sealed) code, length(key_by_code) by_code, length(key_by_sender) sender, length(key_by_receiver) > 0 receiver from transfer_key where transfer_id = $1",
      [transfer.id],
    );
    expect(key).toEqual({ code: 0, by_code: 0, sender: 0, receiver: true });
  });

  test("takes the code as people type it", async () => {
    const transfer = await sent(world);
    await accept(
      transfer,
      ` ${transfer.code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `,
    );
    expect(await statusOf(world, transfer.id)).toBe("unlocked");
  });

  test("takes the right code at the fifth try", async () => {
    const transfer = await sent(world);
    for (let i = 0; i < 4; i++) await wrong(transfer);
    await accept(transfer);
    expect(await statusOf(world, transfer.id)).toBe("unlocked");
    expect(await sql("select locked_at from transfer where id = $1", [transfer.id])).toEqual([{ locked_at: null }]);
  });

  test("gives the same answer to the same person's second click, and does nothing twice", async () => {
    const transfer = await sent(world);
    await Promise.all([accept(transfer), accept(transfer), accept(transfer)]);
    await accept(transfer);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal", "unlock"]);
    expect(await mailsOf(world, transfer.id)).toEqual([
      "transfer-received → Riverbend",
      "transfer-sent → Lakeview",
      "transfer-unlocked → Lakeview",
    ]);
  });
});

describe("wrong permission", () => {
  test.each(["clerk", "staff"] as const)("refuses a %s, at no cost", async (role) => {
    const transfer = await sent(world);
    expect(await outcome(accept(transfer, wrongCode(transfer.code), riverbend[role]))).toBe("forbidden");
    expect(await triesUsed(transfer)).toBe(0);
  });
});

describe("other district", () => {
  test("isn't there for the sender, a third district, or under another id, whatever the code", async () => {
    const transfer = await sent(world);
    for (const code of [transfer.code, wrongCode(transfer.code), "garbled", ""]) {
      expect(await outcome(accept(transfer, code, lakeview.manager))).toBe("not-there");
      expect(await outcome(accept(transfer, code, maple.manager))).toBe("not-there");
      expect(await outcome(accept({ ...transfer, id: randomUUID() }, code))).toBe("not-there");
    }
    expect(await triesUsed(transfer)).toBe(0);
    expect(await eventsOf(world, transfer.id)).toEqual(["seal"]);
  });

  test("doesn't open with another transfer's code", async () => {
    const [one, other] = await Promise.all([sent(world), sent(world)]);
    expect(await outcome(accept(one, other.code))).toBe("wrong-code");
  });
});

describe("wrong state", () => {
  test.each([
    ["fifty wrong codes of a person", 50, true],
    ["two hundred of a district", 200, false],
  ])("%s in an hour: no more is checked, and no try of the transfer is lost", async (_, count, own) => {
    const transfer = await sent(world);
    const [person] = await members(1);
    const guesser = own ? person : riverbend.manager;
    await sql(
      "insert into code_try (transfer_id, receiving_district_id, membership_id) select $1, $2, $3 from generate_series(1, $4::int)",
      [transfer.id, riverbend.id, guesser?.membershipId, count],
    );
    await expect(accept(transfer, transfer.code, person)).rejects.toMatchObject({ kind: "too-many-codes" });
    expect(await triesUsed(transfer)).toBe(0);
    await sql("update code_try set at = at - interval '61 minutes' where receiving_district_id = $1", [riverbend.id]);
    await accept(transfer, transfer.code, person);
    expect(await sql("select 1 from code_try where receiving_district_id = $1", [riverbend.id])).toEqual([]);
  });

  test.each([
    ["own-switch-off", riverbend],
    ["other-switch-off", lakeview],
  ] as const)("says %s, and costs no try", async (kind, district) => {
    const transfer = await sent(world);
    await setSwitch(world, district, false);
    expect(await outcome(accept(transfer))).toBe(kind);
    expect(await outcome(accept(transfer, wrongCode(transfer.code)))).toBe(kind);
    await setSwitch(world, district, true);
    expect(await triesUsed(transfer)).toBe(0);
    await accept(transfer);
  });

  test("doesn't open what is expired (marked so or not), cancelled, being prepared, or saved", async () => {
    const late = await sent(world);
    await overdue(world, late.id);
    expect(await outcome(accept(late))).toBe("transfer-expired");
    const cancelled = await sent(world);
    await cancelTransfer(doors(lakeview.manager), { transferId: cancelled.id });
    expect(await outcome(accept(cancelled))).toBe("transfer-decided");
    expect(await outcome(accept(cancelled, "garbled"))).toBe("transfer-decided");
    const preparing = randomUUID();
    await sql(
      "insert into transfer (id, reference, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user) values ($1, gen_random_uuid(), $2, $3, $4, 1, $5, $6)",
      [
        preparing,
        await draft(world, lakeview.manager, []),
        lakeview.id,
        riverbend.id,
        lakeview.manager.membershipId,
        lakeview.manager.userId,
      ],
    );
    expect(await outcome(accept({ ...late, id: preparing }))).toBe("not-there");
  });

  test("tells a colleague that it's unlocked already", async () => {
    const transfer = await unlocked(world);
    expect(await outcome(accept(transfer, transfer.code, riverbend.colleague))).toBe("transfer-unlocked");
    const done = await entered(world);
    expect(await outcome(accept(done, done.code, riverbend.colleague))).toBe("transfer-unlocked");
  });
});

describe("bad input", () => {
  test("a garbled code costs no try and says what's wrong with it", async () => {
    const transfer = await sent(world);
    const last = transfer.code.at(-1) === "0" ? "1" : "0";
    const typed = {
      empty: " ",
      length: transfer.code.slice(1),
      symbol: transfer.code.replace(/.$/, "U"),
      check: transfer.code.replace(/.$/, last),
    };
    for (const [reason, code] of Object.entries(typed)) {
      await expect(accept(transfer, code)).rejects.toMatchObject({ kind: "garbled-code", data: { reason } });
    }
    expect(await triesUsed(transfer)).toBe(0);
  });

  test("five wrong ones lock it, the right one doesn't help then, a new code does", async () => {
    const transfer = await sent(world);
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(await wrong(transfer));
    expect(answers.map((one) => one.data?.triesLeft)).toEqual([4, 3, 2, 1, undefined]);
    expect(answers.map((one) => one.kind)).toEqual([...Array(4).fill("wrong-code"), "code-locked"]);
    expect(await outcome(accept(transfer))).toBe("code-locked");
    expect(await statusOf(world, transfer.id)).toBe("pending");
    expect((await eventsOf(world, transfer.id)).slice(1)).toEqual([...Array(4).fill("wrong-code"), "lock"]);
    expect((await mailsOf(world, transfer.id)).filter((one) => one === "transfer-locked → Lakeview")).toHaveLength(1);
    expect((await auditOf(world, riverbend, transfer.id)).slice(-5)).toEqual([
      ...Array(4).fill("code.wrong"),
      "code.lock",
    ]);
    await issueNewCode(doors(lakeview.manager), { transferId: transfer.id, version: 1 });
    expect(await outcome(accept(transfer))).toBe("wrong-code");
    await accept(transfer, await codeOf(lakeview.manager, transfer.id));
    expect(await statusOf(world, transfer.id)).toBe("unlocked");
  });
});

describe("two at once", () => {
  const count = times("BATON_GUESSES", 200);
  test(`evaluates five of ${count} guesses`, { timeout: 120_000 }, async () => {
    const transfer = await sent(world);
    const guesses = await Promise.all(Array.from({ length: count }, () => wrong(transfer)));
    const events = await eventsOf(world, transfer.id);
    const evaluated = events.filter((verb) => verb === "wrong-code" || verb === "lock");
    figure(13, { evaluated: [evaluated.length] }, { guesses: guesses.length });
    expect(evaluated).toHaveLength(5);
    const kinds = guesses.map((one) => one.kind);
    expect(kinds.filter((kind) => kind === "wrong-code")).toHaveLength(4);
    expect(kinds.filter((kind) => kind === "code-locked")).toHaveLength(count - 4);
    expect(await triesUsed(transfer)).toBe(5);
    expect(await statusOf(world, transfer.id)).toBe("pending");
  });

  const callers = times("BATON_ACCEPT_CALLERS", 50);
  let people: Someone[] = [];
  const rounds = Array.from({ length: times("BATON_ACCEPT_ROUNDS", 1) }, (_, round) => round + 1);
  test.each(rounds)(
    `of ${callers} people who accept, one wins, no try is left: round %i`,
    { timeout: 120_000 },
    async (round) => {
      // What was tried in the tests before counts against the district's limit of an hour.
      if (round === 1) await sql("delete from code_try");
      if (people.length === 0) people = await members(callers);
      const transfer = await sent(world);
      const outcomes = await Promise.all(people.map((by) => outcome(accept(transfer, transfer.code, by))));
      expect(await triesOfAnHour(transfer)).toEqual([]);
      const winners = outcomes.filter((one) => one === "done");
      figure(6, { winners: [winners.length] }, { calls: outcomes.length, rounds: 1 });
      expect(winners).toHaveLength(1);
      // Who comes while five codes are being checked is told that it's locked; it isn't for long.
      for (const one of outcomes) expect(["done", "transfer-unlocked", "code-locked"]).toContain(one);
      expect(await eventsOf(world, transfer.id)).toEqual(["seal", "unlock"]);
      expect((await auditOf(world, lakeview, transfer.id)).filter((one) => one === "transfer.unlock")).toHaveLength(1);
      expect(await sql("select status, locked_at from transfer where id = $1", [transfer.id])).toEqual([
        { status: "unlocked", locked_at: null },
      ]);
    },
  );

  test("twenty people with the right code after four wrong ones: one opens it, and nobody is told that it's locked", async () => {
    const transfer = await sent(world);
    for (let i = 0; i < 4; i++) await wrong(transfer);
    const people = await members(20);
    const outcomes = await Promise.all(people.map((by) => outcome(accept(transfer, transfer.code, by))));
    expect(outcomes.filter((one) => one !== "transfer-unlocked")).toHaveLength(1);
    expect(new Set(outcomes).size).toBe(2);
    expect(outcomes).toContain("transfer-unlocked");
    expect(await statusOf(world, transfer.id)).toBe("unlocked");
  });

  test("a right code that lost the race takes its try back, also where it can't open any more; wrong ones keep counting", async () => {
    const transfer = await sent(world);
    const people = await members(3);
    const [guesser] = await members(1);
    await accept(transfer, wrongCode(transfer.code), guesser).catch(() => undefined);
    const late = await sent(world);
    await withConnection(testDatabase().superuserUrl, async (holder) => {
      await holder.query("begin");
      await holder.query("update district set case_transfers_on = false where id = $1", [lakeview.id]);
      // They are checked, and wait with what came of it.
      const races = [transfer, late].map((one) => Promise.all(people.map((by) => outcome(accept(one, one.code, by)))));
      await expect.poll(async () => (await triesOfAnHour(late)).length).toBe(3);
      await expect.poll(async () => (await triesOfAnHour(transfer)).length).toBe(4);
      await holder.query("commit");
      expect((await Promise.all(races)).flat()).toEqual(Array(6).fill("other-switch-off"));
    });
    await setSwitch(world, lakeview, true);
    expect(await triesOfAnHour(late)).toEqual([]);
    expect(await triesOfAnHour(transfer)).toEqual([guesser?.membershipId]);
  });

  test("the right one among guesses opens it, and nothing is locked", async () => {
    const transfer = await sent(world);
    await Promise.all([...Array.from({ length: 3 }, () => wrong(transfer)), accept(transfer)]);
    expect(await sql("select status, locked_at from transfer where id = $1", [transfer.id])).toEqual([
      { status: "unlocked", locked_at: null },
    ]);
  });

  test("either opens before the switch goes off, or not at all", async () => {
    const transfer = await sent(world);
    const [result] = await Promise.all([outcome(accept(transfer)), setSwitch(world, lakeview, false)]);
    expect(["done", "other-switch-off"]).toContain(result);
    expect(await statusOf(world, transfer.id)).toBe(result === "done" ? "unlocked" : "pending");
    await setSwitch(world, lakeview, true);
  });
});
