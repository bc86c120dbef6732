import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { daysOff } from "@/components/admin/calendar-result";
import { DecideDialog } from "@/components/ui/decide-dialog";
import { getSchoolCalendar } from "@/lib/districts/get-school-calendar";
import { districtPage } from "@/lib/web/page";
import { removeSchoolBreakAction } from "../actions";
import { CalendarHere } from "../calendar-here";

export const metadata: Metadata = { title: "Remove days without school" };

export default districtPage<"schoolBreak">(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ params, ...place }) => {
    const calendar = await place.doors.district((tx) => getSchoolCalendar(tx, place.actor));
    const entry = calendar.years.flatMap((one) => one.breaks).find((one) => one.id === params.schoolBreak);
    if (!entry) notFound();
    const { slug } = place.district;
    return (
      <>
        <CalendarHere place={place} calendar={calendar} />
        <DecideDialog
          title="Remove days without school"
          closeHref={`/d/${slug}/admin/settings/calendar`}
          action={removeSchoolBreakAction.bind(null, slug)}
          fields={{ id: entry.id }}
          question={`Remove “${entry.name}”, ${daysOff(entry)}?`}
          button="Remove days"
        >
          <p>Days that no other entry covers count again then, and open record requests are due by the new count.</p>
        </DecideDialog>
      </>
    );
  },
);
