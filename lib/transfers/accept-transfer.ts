import { setTimeout } from "node:timers/promises";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { DomainError, type DomainErrorKind } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { SealError } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";
import { auditBoth, getParties, tell } from "@/lib/transfers/apply";
import { parseCode } from "@/lib/transfers/authorization-code";
import { bound } from "@/lib/transfers/package-place";
import { deriveFromCode, unwrapKey } from "@/lib/transfers/seal";

type Obstacle =
  | "unknown"
  | "unlocked"
  | "expired"
  | "decided"
  | "off_here"
  | "off_there"
  | "locked"
  | "too_many"
  | "busy"
  | "none";
type Outcome = Exclude<Obstacle, "none"> | "already" | "wrong";

const errors: Partial<Record<Obstacle | Outcome, Exclude<DomainErrorKind, "other-switch-off">>> = {
  unknown: "not-there",
  expired: "transfer-expired",
  decided: "transfer-decided",
  off_here: "own-switch-off",
  locked: "code-locked",
  too_many: "too-many-codes",
  wrong: "code-replaced",
  already: "transfer-unlocked",
};

/**
 * Opens an incoming transfer with the authorization code: pending → unlocked. A garbled code costs no try; every other one is counted,
 * committed, before it's checked, so that of any number of guesses at once five are evaluated. Who has opened it and clicks again, gets the
 * same answer.
 * Throws `forbidden`, `not-there`, `garbled-code`, `wrong-code`, `code-locked`, `code-busy`, `too-many-codes`, `code-replaced`, `transfer-expired`, `transfer-decided`, `transfer-unlocked`, `own-switch-off`, `other-switch-off`.
 */
export async function acceptTransfer(doors: Doors, input: { transferId: string; code: string }): Promise<void> {
  demand(doors.actor, "manageCases");
  const { transferId } = input;
  const parsed = parseCode(input.code);
  if (!parsed.ok) {
    const stop = await doors.exchange(transferId, async (tx) => {
      const [row] = await tx.$queryRaw<
        [{ obstacle: Obstacle }]
      >`select exchange_obstacle(${transferId}::uuid) obstacle`;
      return whatStops(tx, transferId, atHand(row.obstacle));
    });
    if (stop === "opened") return;
    throw stop ?? new DomainError("garbled-code", { reason: parsed.reason });
  }
  const taken = await takeTry(doors, transferId);
  if (!taken) return;
  const place = { transferId, ...taken.parties };
  const { verifier, wrapKey } = await deriveFromCode(parsed.code, Buffer.from(taken.o_salt), keys().pepper());
  let dataKey: Buffer;
  try {
    dataKey = unwrapKey(Buffer.from(taken.o_key_by_code), wrapKey, bound(place, "key by code"));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw await wrongCode(doors, transferId, taken.o_version, taken.o_tries_left);
  }
  const keyByReceiver = keys().wrapForDistrict(place.receivingDistrictId, dataKey, bound(place, "key by receiver"));
  const stop = await doors.exchange(transferId, async (tx) => {
    const [row] = await tx.$queryRaw<[{ outcome: Outcome }]>`
      select exchange_unlock(${transferId}::uuid, ${taken.o_version}::int, ${new Uint8Array(verifier)}::bytea, ${new Uint8Array(keyByReceiver)}::bytea) outcome`;
    // Thrown once it's committed: the right code's try was taken back.
    const stopped = await whatStops(tx, transferId, row.outcome);
    if (stopped) return stopped;
    auditBoth(tx, transferId, taken.parties, "transfer.unlock");
    await tell(tx, "transfer-unlocked", taken.parties.sendingDistrictId, transferId);
    return null;
  });
  if (stop instanceof DomainError) throw stop;
}

type Try = {
  o_obstacle: Obstacle;
  o_version: number;
  o_tries_left: number;
  o_salt: Uint8Array;
  o_key_by_code: Uint8Array;
};

const looks = 10;
const betweenLooks = 300;

/**
 * Counts a try; null where the actor has opened it before. While all five are handed out and the last one isn't judged yet, it looks
 * again: that one may be right, and then nothing is locked.
 */
async function takeTry(doors: Doors, transferId: string) {
  for (let look = 1; ; look++) {
    const taken = await doors.exchange(transferId, async (tx) => {
      const [row] = await tx.$queryRaw<[Try]>`select * from exchange_take_try(${transferId}::uuid)`;
      const stop = await whatStops(tx, transferId, atHand(row.o_obstacle));
      if (stop === "opened") return null;
      if (stop) throw stop;
      return { ...row, parties: await getParties(tx, transferId) };
    });
    if (taken?.o_obstacle !== "busy") return taken;
    if (look === looks) throw new DomainError("code-busy");
    await setTimeout(betweenLooks);
  }
}

async function wrongCode(doors: Doors, transferId: string, version: number, triesLeft: number): Promise<DomainError> {
  await doors.exchange(transferId, async (tx) => {
    const parties = await getParties(tx, transferId);
    const [row] = await tx.$queryRaw<
      [{ locked: boolean }]
    >`select exchange_wrong_code(${transferId}::uuid, ${version}::int, ${triesLeft}::int) locked`;
    auditBoth(tx, transferId, parties, row.locked ? "code.lock" : "code.wrong", { triesLeft });
    if (row.locked) await tell(tx, "transfer-locked", parties.sendingDistrictId, transferId, `locked-${version}`);
  });
  return triesLeft > 0 ? new DomainError("wrong-code", { triesLeft }) : new DomainError("code-locked");
}

/** Before the code is checked, unlocked means that somebody was faster. */
const atHand = (obstacle: Obstacle): Obstacle | "already" => (obstacle === "unlocked" ? "already" : obstacle);

/** What stands in the way, or `opened` where the actor has opened it before and clicked again; null where nothing does. */
async function whatStops(
  tx: ExchangeTx,
  transferId: string,
  obstacle: Obstacle | Outcome,
): Promise<DomainError | "opened" | null> {
  if (obstacle === "already") {
    const [row] = await tx.$queryRaw<[{ mine: boolean }]>`
      select exists (select 1 from transfer_event e where e.transfer_id = ${transferId}::uuid and e.verb = 'unlock' and e.district_id = current_district() and e.membership_id = current_member()) mine`;
    if (row.mine) return "opened";
  }
  if (obstacle === "off_there") {
    const [row] = await tx.$queryRaw<
      [{ name: string }]
    >`select d.name from transfer t join district d on d.id = t.sending_district_id where t.id = ${transferId}::uuid`;
    return new DomainError("other-switch-off", { district: row.name });
  }
  const kind = errors[obstacle];
  return kind ? new (DomainError as new (kind: DomainErrorKind) => DomainError)(kind) : null;
}
