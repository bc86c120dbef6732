import type { Metadata } from "next";
import { DueView } from "@/components/admin/retention/due-view";
import { countDue, type DueRecord, duePerPage, listDue, mostCounted } from "@/lib/documents/list-due";
import { unknownOf } from "@/lib/documents/retention-access";
import { mostRecords, retentionKinds } from "@/lib/documents/retention-kinds";
import { type Actor, may } from "@/lib/policy";
import { districtPage } from "@/lib/web/page";
import { proposeAction } from "../actions";
import { pageOf, retentionCrumbs, retentionNeeds, retentionPath } from "../paths";

export const metadata: Metadata = { title: "Due to be destroyed" };

/** What is due, with filters and pages, and the form that proposes it. */
export default districtPage(
  { needs: retentionNeeds, tab: "admin", node: "retention" },
  async ({ actor, doors, district, search }) => {
    const filter = {
      kind: retentionKinds.find((one) => one === search.kind) ?? null,
      q: (search.q ?? "").replaceAll("\0", "").slice(0, 200),
    };
    const { found, counts } = await doors.district(async (tx) => ({
      found: await listDue(tx, actor, { ...filter, page: pageOf(search.page) }),
      counts: await countDue(tx, actor, filter),
    }));
    // Of very many not all were looked at.
    const free = counts.filter((one) => one.due > 0 || one.more).map((one) => one.kind);
    const base = retentionPath(district.slug);
    return (
      <DueView
        crumbs={retentionCrumbs(district.slug)}
        found={found}
        counts={counts}
        barred={
          free.length === 0
            ? "kept"
            : free.every((one) => unknownOf(actor, [one]) !== null)
              ? unknownOf(actor, free)
              : null
        }
        filter={filter}
        perPage={duePerPage}
        mostCounted={mostCounted}
        mostRecords={mostRecords}
        base={base}
        href={(page) => `${base}/due${queryOf({ ...filter, page })}`}
        proposeAction={proposeAction.bind(null, district.slug)}
        recordHref={(record) => hrefOf(record, actor, `/d/${district.slug}`)}
      />
    );
  },
);

function queryOf({ kind, q, page }: { kind: string | null; q: string; page: number }): string {
  const query = new URLSearchParams({
    ...(q ? { q } : {}),
    ...(kind ? { kind } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  });
  return query.size > 0 ? `?${query}` : "";
}

/** The record's own page, for who may open it. */
function hrefOf(record: DueRecord, actor: Actor, home: string): string | null {
  if (record.kind === "case") return may(actor, "manageCases") ? `${home}/cases/${record.id}` : null;
  return may(actor, "manageDocuments") ? `${home}/students/${record.person?.studentId}` : null;
}
