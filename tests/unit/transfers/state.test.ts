import { describe, expect, test } from "vitest";
import {
  caseStatuses,
  isDecided,
  nextStatus,
  type TransferSide,
  type TransferStatus,
  type TransferVerb,
  transferRules,
} from "@/lib/transfers/state";

const verbs: TransferVerb[] = ["seal", "fail", "unlock", "reject", "cancel", "expire", "save"];
const sides: TransferSide[] = ["sender", "receiver", "time"];

// product.md, section 3, "States of a case transfer", by hand: what isn't in it doesn't happen.
const told: Record<string, TransferStatus> = {
  "preparing seal sender": "pending",
  "preparing fail sender": "failed",
  "pending unlock receiver": "unlocked",
  "pending reject receiver": "rejected",
  "pending cancel sender": "cancelled",
  "pending expire time": "expired",
  "unlocked reject receiver": "rejected",
  "unlocked save receiver": "completed",
};
const all = caseStatuses.flatMap((from) => verbs.flatMap((verb) => sides.map((side) => [from, verb, side] as const)));

test.each(all)("%s × %s × %s", (from, verb, side) => {
  expect(nextStatus(from, verb, side)).toBe(told[`${from} ${verb} ${side}`] ?? null);
});

describe("the table as a whole", () => {
  test("has one row per status and verb, and none that stands still", () => {
    expect(new Set(transferRules.map((rule) => `${rule.from} ${rule.verb}`)).size).toBe(transferRules.length);
    expect(transferRules.filter((rule) => rule.from === rule.to)).toEqual([]);
  });

  test("reaches every status from preparing, and ends in every one that's decided", () => {
    const reached = new Set<TransferStatus>(["preparing"]);
    for (let i = 0; i < caseStatuses.length; i++)
      for (const rule of transferRules) if (reached.has(rule.from)) reached.add(rule.to);
    expect([...reached].sort()).toEqual([...caseStatuses].sort());
    expect(caseStatuses.filter(isDecided).sort()).toEqual(["cancelled", "completed", "expired", "failed", "rejected"]);
  });

  test("lets only the receiver advance, only the sender cancel, and time end nothing but what's pending", () => {
    const sidesOf = (...wanted: TransferVerb[]) =>
      new Set(transferRules.filter((rule) => wanted.includes(rule.verb)).map((rule) => rule.side));
    expect(sidesOf("unlock", "save", "reject")).toEqual(new Set(["receiver"]));
    expect(sidesOf("cancel", "seal", "fail")).toEqual(new Set(["sender"]));
    expect(transferRules.filter((rule) => rule.side === "time").map((rule) => rule.from)).toEqual(["pending"]);
  });
});
