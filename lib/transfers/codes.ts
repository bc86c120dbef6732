import { audit } from "@/lib/audit";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { keys } from "@/lib/storage/keys";
import { auditBoth, getParties, tell } from "@/lib/transfers/apply";
import { expiryAfter, issueCode } from "@/lib/transfers/issue-code";
import { bound } from "@/lib/transfers/package-place";

type Secrets = { code_version: number; code_sealed: Uint8Array; key_by_sender: Uint8Array; tries_used: number };

async function findSecrets(tx: ExchangeTx, transferId: string): Promise<Secrets | null> {
  const [row] = await tx.$queryRaw<Secrets[]>`select * from exchange_sender_secrets(${transferId}::uuid)`;
  return row ?? null;
}

export type RevealedCode = { code: string; version: number; triesUsed: number; expiresAt: Date | null };

/**
 * The authorization code of a pending transfer, for the sender's Manage Cases users; each showing is written down. Null where the
 * transfer is decided, unlocked or still being prepared. Throws `forbidden`, `not-there`.
 */
export async function revealCode(doors: Doors, input: { transferId: string }): Promise<RevealedCode | null> {
  demand(doors.actor, "manageCases");
  const { transferId } = input;
  return doors.exchange(transferId, async (tx) => {
    const parties = await getParties(tx, transferId);
    if (parties.sendingDistrictId !== doors.actor.districtId) throw new DomainError("not-there");
    const secrets = await findSecrets(tx, transferId);
    if (!secrets) return null;
    audit(tx, { action: "code.show", subject: "transfer", subjectId: transferId });
    const code = keys()
      .unwrapForDistrict(
        parties.sendingDistrictId,
        Buffer.from(secrets.code_sealed),
        bound({ transferId, ...parties }, "code"),
      )
      .toString();
    return { code, version: secrets.code_version, triesUsed: secrets.tries_used, expiresAt: parties.expiresAt };
  });
}

/**
 * Replaces the code of a pending transfer and starts tries and expiry anew. `version` is that of the code on screen, so that a double
 * click issues one. Throws `forbidden`, `not-there`, `not-pending`, `own-transfer-expired`, `changed-meanwhile` of a version that never
 * was; returns quietly where a newer code than `version` exists.
 */
export async function issueNewCode(doors: Doors, input: { transferId: string; version: number }): Promise<void> {
  demand(doors.actor, "manageCases");
  const { transferId, version } = input;
  const before = await doors.exchange(transferId, async (tx) => {
    // Before the state: where there are none, that tells why.
    const secrets = await findSecrets(tx, transferId);
    const parties = await getParties(tx, transferId);
    if (parties.sendingDistrictId !== doors.actor.districtId) throw new DomainError("not-there");
    const settings = await tx.districtSettings.findFirst({ select: { expiryDays: true } });
    return { parties, secrets, days: settings?.expiryDays ?? 14 };
  });
  if (!before.secrets)
    throw new DomainError(before.parties.status === "pending" ? "own-transfer-expired" : "not-pending");
  // The first code is version 1.
  if (version < 1 || version > before.secrets.code_version) throw new DomainError("changed-meanwhile");
  if (version < before.secrets.code_version) return;
  const place = { transferId, ...before.parties };
  const dataKey = keys().unwrapForDistrict(
    place.sendingDistrictId,
    Buffer.from(before.secrets.key_by_sender),
    bound(place, "key by sender"),
  );
  const code = await issueCode(place, dataKey);
  await doors.exchange(transferId, async (tx) => {
    const [row] = await tx.$queryRaw<[{ done: boolean }]>`
      select exchange_new_code(${transferId}::uuid, ${version}::int, ${expiryAfter(before.days)}::timestamptz, ${new Uint8Array(code.salt)}::bytea, ${new Uint8Array(code.verifier)}::bytea,
        ${new Uint8Array(code.codeSealed)}::bytea, ${new Uint8Array(code.keyByCode)}::bytea) done`;
    if (!row.done) {
      const now = await getParties(tx, transferId);
      if (now.status === "pending" && now.codeVersion > version) return;
      throw new DomainError(now.status === "pending" ? "own-transfer-expired" : "not-pending");
    }
    auditBoth(tx, transferId, before.parties, "code.issue");
    await tell(tx, "transfer-new-code", before.parties.receivingDistrictId, transferId, `new-code-${version + 1}`);
  });
}
