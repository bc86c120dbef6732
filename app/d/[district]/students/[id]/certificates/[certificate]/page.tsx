import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CertificateSheet } from "@/components/students/certificate-sheet";
import { findCertificate } from "@/lib/documents/find-certificate";
import { districtPage } from "@/lib/web/page";
import { studentHome } from "../../student-page";

export const metadata: Metadata = { title: "Purge certificate" };

export default districtPage<"id" | "certificate">(
  { needs: ["manageCases", "manageDocuments", "purge"], tab: "students" },
  async (place) => {
    const { doors, actor, district, params } = place;
    const certificate = await doors.district((tx) =>
      findCertificate(tx, actor, { studentId: params.id, id: params.certificate }),
    );
    if (!certificate) notFound();
    return (
      <CertificateSheet
        certificate={certificate}
        district={district.name}
        home={`/d/${district.slug}`}
        crumbs={[
          { label: "Students", href: `/d/${district.slug}/students` },
          { label: "Student", href: studentHome(place, params.id) },
        ]}
        zone={district.timeZone}
      />
    );
  },
);
