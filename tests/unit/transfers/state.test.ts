import { describe, expect, test } from "vitest";
import {
  caseStatuses,
  documentStatuses,
  isDecided,
  nextStatus,
  type TransferKind,
  type TransferSide,
  type TransferStatus,
  type TransferVerb,
  transferRules,
} from "@/lib/transfers/state";

const verbs = [...new Set(transferRules.map((rule) => rule.verb))];
const statuses: Record<TransferKind, readonly TransferStatus[]> = { cases: caseStatuses, documents: documentStatuses };
const kinds = ["cases", "documents"] as const;
const sides: TransferSide[] = ["sender", "receiver", "time"];

// product.md, "States of a case transfer" and "States of a document transfer", by hand: what isn't in it doesn't happen.
const told: Record<TransferKind, Record<string, TransferStatus>> = {
  cases: {
    "preparing seal sender": "pending",
    "preparing fail sender": "failed",
    "pending unlock receiver": "unlocked",
    "pending reject receiver": "rejected",
    "pending cancel sender": "cancelled",
    "pending expire time": "expired",
    "unlocked reject receiver": "rejected",
    "unlocked save receiver": "completed",
  },
  documents: {
    "preparing fail sender": "failed",
    "preparing deliver receiver": "delivered",
    "preparing hold receiver": "held",
    "held deliver receiver": "delivered",
    "held return receiver": "returned",
    "held recall sender": "recalled",
    "delivered report receiver": "reported",
    "delivered recall sender": "recalled",
    "reported redo sender": "redone",
    "reported withdraw sender": "withdrawn",
  },
};
const all = kinds.flatMap((kind) =>
  statuses[kind].flatMap((from) => verbs.flatMap((verb) => sides.map((side) => [kind, from, verb, side] as const))),
);

test.each(all)("%s: %s × %s × %s", (kind, from, verb, side) => {
  expect(nextStatus(kind, from, verb, side)).toBe(told[kind][`${from} ${verb} ${side}`] ?? null);
});

describe("the table as a whole", () => {
  test("has one row per status and verb, and none that stands still", () => {
    expect(new Set(transferRules.map((rule) => `${rule.kind} ${rule.from} ${rule.verb}`)).size).toBe(
      transferRules.length,
    );
    expect(transferRules.filter((rule) => rule.from === rule.to)).toEqual([]);
  });

  test.each([
    ["cases", ["cancelled", "completed", "expired", "failed", "rejected"]],
    ["documents", ["failed", "recalled", "redone", "returned", "withdrawn"]],
  ] as const)("of %s reaches every status from preparing, and ends in every one that's decided", (kind, ends) => {
    const reached = new Set<TransferStatus>(["preparing"]);
    for (let i = 0; i < statuses[kind].length; i++)
      for (const rule of transferRules) if (rule.kind === kind && reached.has(rule.from)) reached.add(rule.to);
    expect([...reached].sort()).toEqual([...statuses[kind]].sort());
    expect(statuses[kind].filter((one) => isDecided(kind, one)).sort()).toEqual(ends);
  });

  test("lets a worker of the receiver deliver, and each side undo its own", () => {
    const sidesOf = (...wanted: TransferVerb[]) =>
      new Set(transferRules.filter((rule) => wanted.includes(rule.verb)).map((rule) => rule.side));
    expect(sidesOf("deliver", "hold", "return", "report")).toEqual(new Set(["receiver"]));
    expect(sidesOf("recall", "redo", "withdraw")).toEqual(new Set(["sender"]));
  });

  test("lets only the receiver advance, only the sender cancel, and time end nothing but what's pending", () => {
    const sidesOf = (...wanted: TransferVerb[]) =>
      new Set(transferRules.filter((rule) => wanted.includes(rule.verb)).map((rule) => rule.side));
    expect(sidesOf("unlock", "save", "reject")).toEqual(new Set(["receiver"]));
    expect(sidesOf("cancel", "seal", "fail")).toEqual(new Set(["sender"]));
    expect(transferRules.filter((rule) => rule.side === "time").map((rule) => rule.from)).toEqual(["pending"]);
  });
});
