import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportDetails } from "@/components/admin/import-details";
import { type ImportSection, importRowsPerPage, importSections, listImportRows } from "@/lib/roster/list-import-rows";
import { getImport } from "@/lib/roster/list-imports";
import { listProblems, problemsPerPage } from "@/lib/roster/list-problems";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { id as uuid } from "@/lib/web/forms";
import { districtPage } from "@/lib/web/page";
import { applyImportAction, discardImportAction } from "../actions";

export const metadata: Metadata = { title: "Roster import" };

/** One import: how far it is, what it would change, what's wrong with its rows, and the decision. */
export default districtPage<"import">(
  { needs: "manageDistrict", tab: "admin", node: "roster" },
  async ({ actor, doors, district, params, search }) => {
    const importId = params.import;
    if (!uuid().safeParse(importId).success) notFound();
    const page = Math.max(1, Number.parseInt(search.page ?? "1", 10) || 1);
    const { view, section, rows, problems } = await doors.district(async (tx) => {
      const one = await getImport(tx, actor, importId);
      const decidable = one.status === "ready" || one.status === "held";
      const asked = importSections.find((name) => name === search.show);
      const chosen = search.show === "problems" ? null : (asked ?? firstWorthSeeing(one.counts));
      const shown = decidable ? chosen : null;
      return {
        view: one,
        section: shown,
        rows: shown ? await listImportRows(tx, actor, { importId, section: shown, page }) : [],
        problems: await listProblems(tx, actor, { importId, page: shown ? 1 : page }),
      };
    });
    const base = `/d/${district.slug}/admin/roster`;
    return (
      <ImportDetails
        crumbs={[...adminCrumbs(district.slug, "district"), { label: "Roster", href: base }]}
        href={`${base}/${importId}`}
        listHref={base}
        view={view}
        section={section}
        rows={rows}
        page={page}
        rowsPerPage={importRowsPerPage}
        problems={problems.problems}
        problemsKept={problems.total}
        problemsPerPage={problemsPerPage}
        problemsUrl={`/api/districts/${district.slug}/roster/${importId}/problems`}
        applyAction={applyImportAction.bind(null, district.slug)}
        discardAction={discardImportAction.bind(null, district.slug)}
        zone={district.timeZone}
      />
    );
  },
);

/** Who leaves first: that's what has to be right. */
const firstWorthSeeing = (counts: Record<ImportSection, number>): ImportSection =>
  (["leaving", "changed", "returned", "added", "staff"] as const).find((name) => counts[name] > 0) ?? "added";
