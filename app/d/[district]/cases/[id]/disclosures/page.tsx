import type { Metadata } from "next";
import { DisclosureRecordView } from "@/components/students/disclosure-record";
import { openDisclosures } from "@/lib/web/disclosure-place";
import { districtPage } from "@/lib/web/page";
import { transferPath } from "../../../students/transfer-path";

export const metadata: Metadata = { title: "Disclosure record" };

/** Who got records about whom a case is about, when, and why: for a person who isn't on the roster there's no other page. */
export default districtPage<"id">({ needs: "member", tab: "cases" }, async (place) => {
  const { actor, district, params } = place;
  const record = await openDisclosures(place, { caseId: params.id });
  const home = `/d/${district.slug}`;
  const file = `/api/districts/${district.slug}/cases/${params.id}/disclosures`;
  return (
    <DisclosureRecordView
      record={record}
      crumbs={[
        { label: "Cases", href: `${home}/cases` },
        { label: `${record.about.given} ${record.about.family}`, href: `${home}/cases/${params.id}` },
      ]}
      links={{ pdf: file, csv: `${file}?as=csv`, transfer: transferPath(home) }}
      district={district.name}
      by={actor.name}
      now={new Date()}
      zone={district.timeZone}
    />
  );
});
