import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CertificateSheet } from "@/components/students/certificate-sheet";
import { findAnyCertificate } from "@/lib/documents/find-certificate";
import { districtPage } from "@/lib/web/page";
import { retentionCrumbs, retentionNeeds, retentionPath } from "../../paths";

export const metadata: Metadata = { title: "Purge certificate" };

export default districtPage<"certificate">(
  { needs: retentionNeeds, tab: "admin", node: "retention" },
  async ({ actor, doors, district, params }) => {
    const certificate = await doors.district((tx) =>
      findAnyCertificate(tx, actor, { id: params.certificate, zone: district.timeZone }),
    );
    if (!certificate) notFound();
    const list = { label: "Certificates", href: retentionPath(district.slug, "certificates") };
    return (
      <CertificateSheet
        certificate={certificate}
        district={district.name}
        home={`/d/${district.slug}`}
        crumbs={retentionCrumbs(district.slug, list)}
        zone={district.timeZone}
      />
    );
  },
);
