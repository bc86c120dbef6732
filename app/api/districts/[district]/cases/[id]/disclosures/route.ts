import { disclosureFile } from "@/lib/web/disclosure-place";
import { districtRoute } from "@/lib/web/route";

/** The disclosure record of whom a case is about as PDF, or with `?as=csv` as CSV. */
export const GET = districtRoute<"id">({ needs: "member", fresh: true }, (place, request, { id }) =>
  disclosureFile(place, request, { caseId: id }),
);
