/**
 * The life of a transfer as a table (product.md, sections 3 and 4). The same rows stand in the database's transfer_rule, where a trigger
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
export const documentStatuses = [
  "preparing",
  "held",
  "delivered",
  "returned",
  "recalled",
  "reported",
  "redone",
  "withdrawn",
  "failed",
] as const;
export type TransferKind = "cases" | "documents";
export type CaseTransferStatus = (typeof caseStatuses)[number];
export type DocumentTransferStatus = (typeof documentStatuses)[number];
export type TransferStatus = CaseTransferStatus | DocumentTransferStatus;
export type CaseTransferVerb = "seal" | "fail" | "unlock" | "reject" | "cancel" | "expire" | "save";
export type DocumentTransferVerb = "fail" | "deliver" | "hold" | "return" | "recall" | "report" | "redo" | "withdraw";
export type TransferVerb = CaseTransferVerb | DocumentTransferVerb;
/** Who applies a verb: one of the two districts, or the clock. */
export type TransferSide = "sender" | "receiver" | "time";

export type TransferRule = {
  kind: TransferKind;
  from: TransferStatus;
  verb: TransferVerb;
  side: TransferSide;
  to: TransferStatus;
};

const cases = (
  from: CaseTransferStatus,
  verb: CaseTransferVerb,
  side: TransferSide,
  to: CaseTransferStatus,
): TransferRule => ({ kind: "cases", from, verb, side, to });
const documents = (
  from: DocumentTransferStatus,
  verb: DocumentTransferVerb,
  side: TransferSide,
  to: DocumentTransferStatus,
): TransferRule => ({ kind: "documents", from, verb, side, to });

export const transferRules: readonly TransferRule[] = [
  cases("preparing", "seal", "sender", "pending"),
  cases("preparing", "fail", "sender", "failed"),
  cases("pending", "unlock", "receiver", "unlocked"),
  cases("pending", "reject", "receiver", "rejected"),
  cases("pending", "cancel", "sender", "cancelled"),
  cases("pending", "expire", "time", "expired"),
  cases("unlocked", "reject", "receiver", "rejected"),
  cases("unlocked", "save", "receiver", "completed"),
  documents("preparing", "fail", "sender", "failed"),
  documents("preparing", "deliver", "receiver", "delivered"),
  documents("preparing", "hold", "receiver", "held"),
  documents("held", "deliver", "receiver", "delivered"),
  documents("held", "return", "receiver", "returned"),
  documents("held", "recall", "sender", "recalled"),
  documents("delivered", "report", "receiver", "reported"),
  documents("delivered", "recall", "sender", "recalled"),
  documents("reported", "redo", "sender", "redone"),
  documents("reported", "withdraw", "sender", "withdrawn"),
];

/** The status that a verb leads to from here, or null where the table holds no such step for that side. */
export function nextStatus(
  kind: TransferKind,
  from: TransferStatus,
  verb: TransferVerb,
  side: TransferSide,
): TransferStatus | null {
  const rule = transferRules.find(
    (one) => one.kind === kind && one.from === from && one.verb === verb && one.side === side,
  );
  return rule?.to ?? null;
}

/** Decided: nothing can happen to it any more. (A package's bytes and keys are gone before: when a document transfer is delivered.) */
export function isDecided(kind: TransferKind, status: TransferStatus): boolean {
  return !transferRules.some((one) => one.kind === kind && one.from === status);
}
