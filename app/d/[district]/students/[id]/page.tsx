import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { openStudent, StudentPage } from "./student-page";

export const metadata: Metadata = { title: "Student" };

export default districtPage<"id">({ needs: "member", tab: "students" }, async (place) => {
  const page = await openStudent(place, place.params.id);
  return <StudentPage place={place} page={page} />;
});
