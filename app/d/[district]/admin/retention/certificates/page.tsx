import type { Metadata } from "next";
import { CertificatesView } from "@/components/admin/retention/certificates-view";
import { certificatesPerPage, listCertificates } from "@/lib/documents/list-certificates";
import { districtPage } from "@/lib/web/page";
import { pageOf, retentionCrumbs, retentionNeeds, retentionPath } from "../paths";

export const metadata: Metadata = { title: "Certificates" };

export default districtPage(
  { needs: retentionNeeds, tab: "admin", node: "retention" },
  async ({ actor, doors, district, search }) => {
    const q = (search.q ?? "").replaceAll("\0", "").trim().slice(0, 100);
    const found = await doors.district((tx) => listCertificates(tx, actor, { q, page: pageOf(search.page) }));
    return (
      <CertificatesView
        crumbs={retentionCrumbs(district.slug)}
        found={found}
        q={q}
        perPage={certificatesPerPage}
        base={retentionPath(district.slug)}
        zone={district.timeZone}
      />
    );
  },
);
