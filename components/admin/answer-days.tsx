import { Button } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SectionHead } from "@/components/ui/page-head";
import type { SchoolCalendarView } from "@/lib/districts/get-school-calendar";

type Rule = SchoolCalendarView["rules"][number];

const kinds: Record<Rule["kind"], { label: string; words: string }> = {
  working: { label: "Working days: Monday to Friday without federal holidays", words: "working" },
  school: { label: "School days, by the calendar below", words: "school" },
  calendar: { label: "All days of the week", words: "" },
};

const allowed = ({ days, kind }: Rule) =>
  [days, kinds[kind].words, days === 1 ? "day" : "days"].filter(Boolean).join(" ");

/** What record requests to the district are due by: its state's law, and a number of its own. */
export function AnswerDays({ calendar, action }: { calendar: SchoolCalendarView; action: FormAction }) {
  const { rules, stateName, answerDays, answerKind } = calendar;
  return (
    <section className="sec-2" aria-labelledby="days-h">
      <SectionHead
        id="days-h"
        title="Days to answer a record request"
        note="From its arrival; that day isn’t counted"
      />
      {rules.length > 0 ? (
        rules.map((rule) => (
          <p key={rule.law}>
            The law of {stateName} gives <b>{allowed(rule)}</b>
            {rule.typesWords && ` where ${rule.typesWords} are asked for`} ({rule.law}).
          </p>
        ))
      ) : (
        <p>
          Baton knows of no number of days in the law of {stateName}.{" "}
          {answerDays === null && <b>Record requests to your district have no deadline until you set a number.</b>}
        </p>
      )}
      {rules.length > 0 && <p>You can set a number of your own beside it: the earlier day counts.</p>}
      <ActionForm id="days" action={action} className="stack mt-4">
        <div className="two max-w-[46rem]">
          <TextField
            name="days"
            label="Days allowed to answer a record request"
            hint="From 1 to 90, or empty."
            inputMode="numeric"
            className="max-w-[8rem]"
            autoComplete="off"
            defaultValue={answerDays === null ? "" : String(answerDays)}
          />
          <Select
            name="kind"
            label="Counted in"
            hint="What your own number counts."
            options={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))}
            defaultValue={answerKind ?? "school"}
          />
        </div>
        <Button type="submit">Save days allowed</Button>
      </ActionForm>
    </section>
  );
}
