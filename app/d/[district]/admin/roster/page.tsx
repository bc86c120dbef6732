import type { Metadata } from "next";
import { RosterView } from "@/components/admin/roster-view";
import type { DomainErrors } from "@/lib/errors";
import { countStudents } from "@/lib/roster/count-students";
import { findOpenImport, importsPerPage, listImports } from "@/lib/roster/list-imports";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { rosterRefusals } from "@/lib/web/messages";
import { districtPage } from "@/lib/web/page";

export const metadata: Metadata = { title: "Roster" };

const busy = "Another roster import is under way. Apply it or discard it first; one at a time.";

/** Why the form came back without an import. */
function problemOf(search: string | undefined): string | undefined {
  if (search === "busy") return busy;
  return search !== undefined && Object.hasOwn(rosterRefusals, search)
    ? rosterRefusals[search as DomainErrors["roster-refused"]["reason"]]
    : undefined;
}

export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "roster" },
  async ({ actor, doors, district, search }) => {
    const found = await doors.district(async (tx) => ({
      open: await findOpenImport(tx, actor),
      history: await listImports(tx, actor, { page: Number.parseInt(search.page ?? "1", 10) || 1 }),
      students: await countStudents(tx, actor),
    }));
    const base = `/d/${district.slug}/admin/roster`;
    return (
      <RosterView
        crumbs={adminCrumbs(district.slug, "district")}
        base={base}
        uploadUrl={`/api/districts/${district.slug}/roster`}
        open={found.open}
        history={found.history}
        perPage={importsPerPage}
        students={found.students}
        problem={problemOf(search.problem)}
        discarded={search.did === "discarded"}
        zone={district.timeZone}
      />
    );
  },
);
