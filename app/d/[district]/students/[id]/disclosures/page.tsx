import type { Metadata } from "next";
import { DisclosureRecordView } from "@/components/students/disclosure-record";
import { openDisclosures } from "@/lib/web/disclosure-place";
import { districtPage } from "@/lib/web/page";
import { transferPath } from "../../transfer-path";

export const metadata: Metadata = { title: "Disclosure record" };

/** Who got records about a student, when, and why. */
export default districtPage<"id">(
  { needs: ["manageCases", "manageDocuments", "manageDistrict"], tab: "students" },
  async (place) => {
    const { actor, district, params } = place;
    const record = await openDisclosures(place, { studentId: params.id });
    const home = `/d/${district.slug}`;
    const file = `/api/districts/${district.slug}/students/${params.id}/disclosures`;
    return (
      <DisclosureRecordView
        record={record}
        crumbs={[
          { label: "Students", href: `${home}/students` },
          { label: `${record.about.given} ${record.about.family}`, href: `${home}/students/${params.id}` },
        ]}
        links={{ pdf: file, csv: `${file}?as=csv`, transfer: transferPath(home) }}
        district={district.name}
        by={actor.name}
        now={new Date()}
        zone={district.timeZone}
      />
    );
  },
);
