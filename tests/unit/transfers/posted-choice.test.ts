import { expect, test } from "vitest";
import { chosenAmong, parseKnown, postedChoice } from "@/components/transfers/posted-choice";

const district = (id: string) => ({
  id,
  name: `District ${id}`,
  state: "OH",
  stateName: "Ohio",
  ncesId: "0000001",
  city: null,
  domain: null,
  able: true,
  why: null,
  contact: null,
});
const [a, b, c] = [district("a"), district("b"), district("c")];

test("cases go to all that are ticked; of one to pick, what was chosen last counts", () => {
  expect(chosenAmong([a, b, c], ["a", "c"], "cases")).toEqual([a, c]);
  // Without script the one that was chosen before is posted beside the new one.
  expect(chosenAmong([a, b, c], ["a", "c"], "documents")).toEqual([c]);
  expect(chosenAmong([a, b, c], ["a", "c"], "request")).toEqual([c]);
  expect(chosenAmong([a, b, c], [], "request")).toEqual([]);
});

test("a refused form has what it brought: words, results and choice", () => {
  const values = { q: "dis", known: [a, b].map((one) => JSON.stringify(one)), districts: "b" };
  expect(postedChoice({ status: "problem", summary: "No", fields: {}, values }, "cases")).toMatchObject({
    q: "dis",
    results: [a, b],
    chosen: [b],
  });
  const alone = { q: "", known: JSON.stringify(b), districts: "b" };
  expect(postedChoice({ status: "problem", summary: "No", fields: {}, values: alone }, "cases")).toMatchObject({
    results: null,
    chosen: [b],
  });
});

test("what isn't a district of the form's is dropped", () => {
  expect(parseKnown(["{", "null", "[]", '{"id":1,"name":"x"}', JSON.stringify(a)])).toEqual([a]);
});
