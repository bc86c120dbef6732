import { expect, test } from "vitest";
import { groupCode } from "@/components/ui/group-code";

test.each([
  ["k7m29qxta4pd3hv8", "K7M2-9QXT-A4PD-3HV8"],
  ["K7M2 9QXT A4PD 3HV8", "K7M2-9QXT-A4PD-3HV8"],
  ["K7M2–9QXT–A4PD–3HV8", "K7M2-9QXT-A4PD-3HV8"],
  ["k7m29qxta", "K7M2-9QXT-A"],
])("a code %j stands in its groups", (typed, shown) => {
  expect(groupCode(typed)).toBe(shown);
});

test.each(["", "k7m2", "K7M2-9QXT-A4PD-3HV8-EXTRA", "K7M2*9QXT"])("%j stays as it was typed", (typed) => {
  expect(groupCode(typed)).toBe(typed);
});
