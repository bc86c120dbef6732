import fc from "fast-check";
import { expect, test } from "vitest";
import type { ListFilter, Side } from "@/lib/districts/side-lists";
import { type TransferNarrowing, type TransferSort, transferSorts } from "@/lib/transfers/list-transfers";
import { caseStatuses, documentStatuses, type TransferKind } from "@/lib/transfers/state";
import { transferUrls } from "@/lib/transfers/transfer-filter";

const statuses = { cases: ["locked", ...caseStatuses], documents: documentStatuses } as const;
const filterOf = (side: Side, kind: TransferKind) =>
  fc.record<ListFilter<TransferNarrowing, TransferSort>>({
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
      const urls = transferUrls[kind];
      const search = read(urls.query(incoming, outgoing));
      expect(urls.parse(search, "incoming")).toEqual(incoming);
      expect(urls.parse(search, "outgoing")).toEqual(outgoing);
    }),
  );
});

test.each(["cases", "documents"] as const)("what is the default of %s isn't said", (kind) => {
  const { query, plain } = transferUrls[kind];
  expect(query(plain("incoming"), plain("outgoing"))).toBe("");
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
  expect(transferUrls.cases.parse(search, "incoming")).toEqual(transferUrls.cases.plain("incoming"));
});

test("a search is cut at 200 characters", () => {
  expect(transferUrls.cases.parse({ "in-q": "x".repeat(5000) }, "incoming").q).toHaveLength(200);
});
