import { disclosureFile } from "@/lib/web/disclosure-place";
import { districtRoute } from "@/lib/web/route";

/** A student's disclosure record as PDF, or with `?as=csv` as CSV. */
export const GET = districtRoute<"id">(
  { needs: ["manageCases", "manageDocuments", "manageDistrict"], fresh: true },
  (place, request, { id }) => disclosureFile(place, request, { studentId: id }),
);
