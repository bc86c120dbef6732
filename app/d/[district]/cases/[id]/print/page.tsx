import type { Metadata } from "next";
import { CasePrint } from "@/components/cases/case-print";
import { districtPage } from "@/lib/web/page";
import { casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Print case" };

export default districtPage<"id">({ needs: "member", tab: "cases", bare: true }, async (place) => {
  const view = await openCase(place, place.params.id, "print");
  return (
    <CasePrint
      view={view}
      place={casePlace(place)}
      district={place.district.name}
      by={place.actor.name}
      now={new Date()}
    />
  );
});
