import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { CasePage, openCase } from "./case-page";

export const metadata: Metadata = { title: "Case" };

export default districtPage<"id">({ needs: "member", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  return <CasePage place={place} view={view} />;
});
