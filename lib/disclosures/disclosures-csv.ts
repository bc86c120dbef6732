import { stringify } from "csv-stringify/sync";
import type { DisclosureRecord } from "@/lib/disclosures/find-disclosures";
import { zonedTime } from "@/lib/districts/zoned-time";

const columns = [
  "Date",
  "Category",
  "Records",
  "Disclosed to",
  "Legitimate interest",
  "Legal basis",
  "Stated",
  "Parent notice",
  "By",
  "Transfer",
  "What became of it",
];

/**
 * The disclosure record as CSV (RFC 4180, UTF-8 with a mark for spreadsheets). Cells that a spreadsheet would take for a formula get an
 * apostrophe before them.
 */
export function disclosuresCsv({ entries }: DisclosureRecord, timeZone: string): string {
  return stringify(
    [
      columns,
      ...entries.map((one) => [
        zonedTime(one.at, timeZone),
        one.what,
        one.items.join("; "),
        one.to,
        one.interest,
        one.basis,
        one.basisDetail,
        one.notice,
        one.by,
        one.transfer?.reference ?? "",
        one.outcome,
      ]),
    ],
    { bom: true, escape_formulas: true, record_delimiter: "windows" },
  );
}
