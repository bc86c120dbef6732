import { AnswerDays } from "@/components/admin/answer-days";
import { CalendarResult } from "@/components/admin/calendar-result";
import { SchoolCalendar } from "@/components/admin/school-calendar";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import type { SchoolCalendarView } from "@/lib/districts/get-school-calendar";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { own } from "@/lib/web/own";
import { addFederalHolidaysAction, addSchoolBreakAction, saveAnswerDaysAction } from "./actions";

const did: Record<string, string> = {
  days: "Days allowed saved.",
  added: "Days without school added.",
  holidays: "Federal holidays added.",
  removed: "Days without school removed.",
};

/** The school calendar: a page, and what the dialog of one entry stands over. */
export function CalendarHere({
  place,
  calendar,
  result = {},
}: {
  place: Place;
  calendar: SchoolCalendarView;
  result?: Readonly<Record<string, string | undefined>>;
}) {
  const { slug } = place.district;
  const sentence = own(did, result.did);
  const settings = `/d/${slug}/admin/settings`;
  return (
    <>
      <Crumbs path={[...adminCrumbs(slug, "district"), { label: "Settings", href: settings }]} />
      <PageHead title="School calendar" note="What deadlines of record requests are counted by" />
      {sentence && <CalendarResult {...{ calendar, sentence, result }} />}
      <AnswerDays calendar={calendar} action={saveAnswerDaysAction.bind(null, slug)} />
      <SchoolCalendar
        calendar={calendar}
        home={`${settings}/calendar`}
        addAction={addSchoolBreakAction.bind(null, slug)}
        holidaysAction={addFederalHolidaysAction.bind(null, slug)}
      />
    </>
  );
}
