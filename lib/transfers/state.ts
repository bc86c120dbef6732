/**
 * The life of a transfer as a table (product.md, section 3). The same rows stand in the database's transfer_rule, where a trigger
 * refuses what isn't in them; a test walks every combination through both.
 */
export const caseStatuses = [
  "preparing",
  "pending",
  "unlocked",
  "completed",
  "rejected",
  "cancelled",
  "expired",
  "failed",
] as const;
export type TransferStatus = (typeof caseStatuses)[number];
export type TransferVerb = "seal" | "fail" | "unlock" | "reject" | "cancel" | "expire" | "save";
/** Who applies a verb: one of the two districts, or the clock. */
export type TransferSide = "sender" | "receiver" | "time";

export type TransferRule = {
  kind: "cases";
  from: TransferStatus;
  verb: TransferVerb;
  side: TransferSide;
  to: TransferStatus;
};

const rule = (from: TransferStatus, verb: TransferVerb, side: TransferSide, to: TransferStatus): TransferRule => ({
  kind: "cases",
  from,
  verb,
  side,
  to,
});

export const transferRules: readonly TransferRule[] = [
  rule("preparing", "seal", "sender", "pending"),
  rule("preparing", "fail", "sender", "failed"),
  rule("pending", "unlock", "receiver", "unlocked"),
  rule("pending", "reject", "receiver", "rejected"),
  rule("pending", "cancel", "sender", "cancelled"),
  rule("pending", "expire", "time", "expired"),
  rule("unlocked", "reject", "receiver", "rejected"),
  rule("unlocked", "save", "receiver", "completed"),
];

/** The status that a verb leads to from here, or null where the table holds no such step for that side. */
export function nextStatus(from: TransferStatus, verb: TransferVerb, side: TransferSide): TransferStatus | null {
  return transferRules.find((one) => one.from === from && one.verb === verb && one.side === side)?.to ?? null;
}

/** Decided: nothing can happen to it any more, and its bytes and keys are gone. */
export function isDecided(status: TransferStatus): boolean {
  return !transferRules.some((one) => one.from === status);
}
