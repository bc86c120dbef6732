import { namesOf } from "@/components/admin/calendar-result";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { DateText, dateWords } from "@/components/ui/date";
import { DateField, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SchoolBreakView, SchoolCalendarView, SchoolYearView } from "@/lib/districts/get-school-calendar";

type Given = {
  calendar: SchoolCalendarView;
  addAction: FormAction;
  holidaysAction: FormAction;
  /** The calendar's own address: each entry's dialog stands below it. */
  home: string;
};

const day = (text: string) => dateWords(text, "UTC");
const yearName = (year: number) => `${year}–${String((year + 1) % 100).padStart(2, "0")}`;

/** Days without school, by school year: listed, added, removed. */
export function SchoolCalendar({ calendar, addAction, holidaysAction, home }: Given) {
  const { years, summerCounts, stateName } = calendar;
  const gone = years.filter((one) => one.gone);
  return (
    <section className="sec-2" aria-labelledby="breaks-h">
      <SectionHead id="breaks-h" title="Days without school" />
      <p>
        School days are Monday to Friday without the days below. In a school year of which you’ve entered nothing but
        the summer, they’re working days: Monday to Friday without federal holidays.
        {summerCounts &&
          ` In ${stateName} the weekdays of the summer break count, too, holidays aside: tick Summer break for it.`}
      </p>
      <ActionForm id="add" action={addAction} className="stack mt-4 max-w-[46rem]">
        <TextField name="name" label="Name" hint="Winter break, Staff day, Labor Day" autoComplete="off" />
        <div className="two">
          <DateField name="from" label="First day without school" hint="Or the only one." />
          <DateField name="to" label="Last day without school" hint="Empty for a single day." />
        </div>
        <Checkbox name="summer" label="Summer break" />
        <SubmitButton>Add days</SubmitButton>
      </ActionForm>
      {years
        .filter((one) => !one.gone)
        .map((one) => (
          <SchoolYear key={one.year} {...{ one, holidaysAction, home }} />
        ))}
      {gone.length > 0 && (
        <details className="mt-4">
          <summary className="link-like">School years gone by</summary>
          {gone.map((one) => (
            <SchoolYear key={one.year} {...{ one, holidaysAction, home }} />
          ))}
        </details>
      )}
    </section>
  );
}

function SchoolYear({ one, holidaysAction, home }: { one: SchoolYearView } & Omit<Given, "calendar" | "addAction">) {
  const { year, breaks, entered, gone, withSchool } = one;
  const holidays = withSchool.map(({ day: on, name }) => `${name} (${day(on)})`).join(", ");
  return (
    <section className="sec-2" aria-labelledby={`year-${year}`}>
      <h3 className="h-s mb-2" id={`year-${year}`}>
        School year {yearName(year)}
      </h3>
      {!entered && (
        <p className="dim">
          {breaks.length === 0 ? "Nothing entered" : "Nothing but the summer entered"}
          {gone ? "." : " yet: its school days are working days, Monday to Friday without federal holidays."}
        </p>
      )}
      {breaks.length > 0 && <Breaks {...{ year, breaks, home }} />}
      {!gone && (!entered || withSchool.length > 0) && (
        <ActionForm id={`holidays-${year}`} action={holidaysAction} className="mt-3">
          <input type="hidden" name="year" value={year} />
          {entered && (
            <Banner
              kind="info"
              fact={`By this calendar there is school on ${withSchool.length === 1 ? "a federal holiday" : `${withSchool.length} federal holidays`}.`}
            >
              {holidays}.
            </Banner>
          )}
          <Button type="submit" small className="mt-3">
            {entered
              ? withSchool.length === 1
                ? "Add it as a day without school"
                : `Add all ${withSchool.length} as days without school`
              : `Begin ${yearName(year)} with the federal holidays`}
          </Button>
        </ActionForm>
      )}
    </section>
  );
}

function Breaks({ year, breaks, home }: { year: number; breaks: readonly SchoolBreakView[]; home: string }) {
  return (
    <table className="tbl tbl-moves" aria-labelledby={`year-${year}`}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Days without school</th>
          <td className="act">
            <span className="sr">Actions</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {breaks.map(({ id, name, from, to, summer, overlaps }) => (
          <tr key={id}>
            <td data-k="Name" className="lead t-main">
              {name}
              {summer && name !== "Summer break" && <span className="sub">Summer break</span>}
              {overlaps.length > 0 && <span className="sub">Overlaps with {namesOf(overlaps)}</span>}
            </td>
            <td data-k="Days without school">
              <DateText value={from} zone="UTC" />
              {to !== from && (
                <>
                  {" to "}
                  <DateText value={to} zone="UTC" />
                </>
              )}
            </td>
            <td className="act">
              <Link
                className="btn btn-s"
                href={`${home}/${id}`}
                scroll={false}
                aria-label={`Remove ${name}, ${day(from)}`}
              >
                Remove
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
