import type { Metadata } from "next";
import { getSchoolCalendar } from "@/lib/districts/get-school-calendar";
import { districtPage } from "@/lib/web/page";
import { CalendarHere } from "./calendar-here";

export const metadata: Metadata = { title: "School calendar" };

export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ search, ...place }) => {
    const calendar = await place.doors.district((tx) => getSchoolCalendar(tx, place.actor));
    return <CalendarHere place={place} calendar={calendar} result={search} />;
  },
);
