import { describe, expect, test } from "vitest";
import { compareIdentity, type Identity } from "@/lib/students/compare-identity";

const ben: Identity = {
  given: "Benjamin",
  family: "Delacroix",
  preferred: null,
  birthDate: "2013-03-14",
  stateId: "QD4471926",
};
const compare = (ours: Partial<Identity>, sent: Partial<Identity> = {}, sameState = true) =>
  compareIdentity({ ...ben, ...sent }, { ...ben, ...ours }, sameState);

describe("whether somebody has to say that it's the same student", () => {
  test.each<[string, Partial<Identity>, boolean, boolean]>([
    ["everything agrees", {}, false, false],
    ["a short form of the name", { given: "Ben" }, false, false],
    ["another state ID", { stateId: "QD4417926" }, false, false],
    ["no birth date", { birthDate: null }, false, false],
    ["another name", { given: "Rohan", family: "Abdul-Rahman" }, true, false],
    ["another birth date", { birthDate: "2013-03-15" }, true, false],
    ["another name and birth date", { given: "Rohan", family: "Abdul-Rahman", birthDate: "2011-01-01" }, true, true],
  ])("%s", (_what, ours, differs, somebodyElse) => {
    const comparison = compare(ours);
    expect([comparison.differs, comparison.somebodyElse]).toEqual([differs, somebodyElse]);
  });
});

test("a state ID of another state says so; one that wasn't given says that", () => {
  const why = (ours: Partial<Identity>, sent: Partial<Identity>) => compare(ours, sent, false).why.stateId;
  expect(why({ stateId: "X1" }, {})).toBe("Other state");
  expect(why({ stateId: null }, {})).toBe("Not given");
  expect(why({}, { stateId: null })).toBe("Not given");
  expect(why({}, {})).toBe("Agrees");
  expect(compare({ stateId: null }).why.stateId).toBe("Not given");
});
