import fc from "fast-check";
import { expect, test } from "vitest";
import { type TransferFilter, transferSorts } from "@/lib/transfers/list-transfers";
import { caseStatuses, documentStatuses, type TransferKind } from "@/lib/transfers/state";
import { parseTransferFilter, plainTransferFilter, transfersQuery } from "@/lib/transfers/transfer-filter";

const statuses = { cases: ["locked", ...caseStatuses], documents: documentStatuses } as const;
const filterOf = (side: TransferFilter["side"], kind: TransferKind) =>
  fc.record<TransferFilter>({
    kind: fc.constant(kind),
    side: fc.constant(side),
    q: fc.string({ unit: "grapheme", maxLength: 50 }).map((text) => text.replaceAll("\u0000", "").trim()),
    status: fc.constantFrom(null, "waiting", ...statuses[kind]),
    sort: fc.constantFrom(...transferSorts),
    descending: fc.boolean(),
    page: fc.integer({ min: 1, max: 10_000 }),
  });
const read = (query: string) => Object.fromEntries(new URLSearchParams(query));

test.each(["cases", "documents"] as const)("both lists' filters of %s come back from the URL as they were", (kind) => {
  fc.assert(
    fc.property(filterOf("incoming", kind), filterOf("outgoing", kind), (incoming, outgoing) => {
      const search = read(transfersQuery(incoming, outgoing));
      expect(parseTransferFilter(search, "incoming", kind)).toEqual(incoming);
      expect(parseTransferFilter(search, "outgoing", kind)).toEqual(outgoing);
    }),
  );
});

test.each(["cases", "documents"] as const)("what is the default of %s isn't said", (kind) => {
  expect(transfersQuery(plainTransferFilter("incoming", kind), plainTransferFilter("outgoing", kind))).toBe("");
});

test.each([
  { "in-page": "0" },
  { "in-page": "-1" },
  { "in-page": "1e9" },
  { "in-status": "delivered" },
  { "in-sort": "reason.down" },
  { "in-sort": "__proto__" },
  { "in-q": "\u0000  " },
  { "out-q": "the other list's" },
  { q: "nobody's" },
])("a query that nobody makes counts as not said: %o", (search) => {
  expect(parseTransferFilter(search, "incoming")).toEqual(plainTransferFilter("incoming"));
});

test("a search is cut at 200 characters", () => {
  expect(parseTransferFilter({ "in-q": "x".repeat(5000) }, "incoming").q).toHaveLength(200);
});
