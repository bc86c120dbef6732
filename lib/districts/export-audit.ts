import { stringify } from "csv-stringify/sync";
import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { type AuditFilter, isNarrowed } from "@/lib/districts/audit-filter";
import { auditWords } from "@/lib/districts/audit-words";
import { type AuditEntryView, readAudit } from "@/lib/districts/list-audit";
import { zonedTime } from "@/lib/districts/zoned-time";
import { demand } from "@/lib/policy";

/** Entries that are read and written at once. */
const lot = 1_000;

const columns = ["Entry", "Time", "Who", "What", "Action", "Kind", "Address"];

/**
 * The entries of the filter as CSV (RFC 4180, UTF-8 with a mark for spreadsheets), newest first, in lots: pages don't count here. The
 * export is written down, and committed, before the first byte is there to leave; what is written after it isn't in it. Cells that a
 * spreadsheet would take for a formula get an apostrophe before them. Throws `forbidden`.
 */
export async function exportAudit(
  doors: Doors,
  filter: AuditFilter,
  timeZone: string,
): Promise<AsyncGenerator<string, void, undefined>> {
  const { actor } = doors;
  demand(actor, "manageDistrict");
  const end = await doors.district(async (tx) => {
    const [head] = await tx.$queryRaw<{ seq: bigint }[]>`
      select h.seq from audit_head h where h.district_id = ${actor.districtId}::uuid`;
    audit(tx, {
      action: "audit.export",
      subject: "district",
      subjectId: actor.districtId,
      detail: { whole: !isNarrowed(filter) },
    });
    return head?.seq ?? 0n;
  });
  return (async function* () {
    yield stringify([columns], { bom: true, record_delimiter: "windows" });
    for (let before = end + 1n; ; ) {
      const from = { ...filter, before, after: null };
      const entries = await doors.district((tx) => readAudit(tx, actor, from, lot));
      if (entries.length > 0)
        yield stringify(
          entries.map((entry) => record(entry, timeZone)),
          { escape_formulas: true, record_delimiter: "windows" },
        );
      const last = entries.at(-1);
      if (!last || entries.length < lot) return;
      before = last.seq;
    }
  })();
}

const record = (entry: AuditEntryView, timeZone: string): string[] => [
  String(entry.seq),
  zonedTime(entry.at, timeZone),
  entry.who,
  `${entry.before}${entry.about ?? ""}${entry.after ?? ""}${entry.certificate ? `, certificate ${entry.certificate.number}` : ""}`,
  entry.action,
  auditWords[entry.action]?.[0] ?? "",
  entry.address ?? "",
];
