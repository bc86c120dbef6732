import type { Metadata } from "next";
import { AuditLog } from "@/components/admin/audit-log";
import {
  auditQuery,
  findDayProblems,
  isNarrowed,
  parseAuditFilter,
  plainAuditFilter,
} from "@/lib/districts/audit-filter";
import { auditGroups } from "@/lib/districts/audit-words";
import { findAuditCheck } from "@/lib/districts/find-audit-check";
import { type AuditSubject, listAudit } from "@/lib/districts/list-audit";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";

export const metadata: Metadata = { title: "Audit Log" };

const paths: Record<AuditSubject["kind"], string> = {
  case: "cases",
  student: "students",
  "case-transfer": "admin/requests/case-transfers",
  "document-transfer": "admin/requests/document-transfers",
  request: "admin/requests/record-requests",
  user: "admin/users",
  proposal: "admin/retention/proposals",
};

/** Who did what, from where, when: the district's audit log with filters, pages and the export of what they find. */
export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "audit" },
  async ({ actor, doors, district, search }) => {
    const filter = parseAuditFilter(search);
    const { page, check } = await doors.district(async (tx) => ({
      page: await listAudit(tx, actor, filter),
      check: await findAuditCheck(tx, actor),
    }));
    const home = `/d/${district.slug}`;
    const here = (place: Partial<typeof filter>) =>
      `${home}/admin/audit${auditQuery({ ...filter, before: null, after: null, ...place })}`;
    return (
      <AuditLog
        crumbs={adminCrumbs(district.slug, "district")}
        entries={page.entries.map(({ seq, open, certificate, ...entry }) => ({
          ...entry,
          id: String(seq),
          href: open && `${home}/${paths[open.kind]}/${open.id}`,
          certificate: certificate && {
            number: certificate.number,
            href: `${home}/admin/retention/certificates/${certificate.id}`,
          },
        }))}
        check={check}
        filter={{ who: filter.who, what: filter.what, about: filter.about, from: filter.from, to: filter.to }}
        problems={findDayProblems(search)}
        narrowed={isNarrowed(filter)}
        groups={Object.entries(auditGroups).map(([value, label]) => ({ value, label }))}
        links={{
          newest: page.newer ? here({}) : null,
          newer: page.newer && page.entries[0] ? here({ after: page.entries[0].seq }) : null,
          older: page.older && page.entries.length > 0 ? here({ before: page.entries.at(-1)?.seq ?? null }) : null,
          all: `${home}/admin/audit${auditQuery(plainAuditFilter)}`,
          export: `/api/districts/${district.slug}/audit${auditQuery({ ...filter, before: null, after: null })}`,
        }}
        zone={district.timeZone}
      />
    );
  },
);
