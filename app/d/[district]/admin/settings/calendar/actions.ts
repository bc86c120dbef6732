"use server";

import { z } from "zod";
import { addFederalHolidays } from "@/lib/districts/add-federal-holidays";
import { addSchoolBreak, longestBreak } from "@/lib/districts/add-school-break";
import { laterDay } from "@/lib/districts/day-text";
import { removeSchoolBreak } from "@/lib/districts/remove-school-break";
import { saveAnswerDays } from "@/lib/districts/save-answer-days";
import { dayKinds } from "@/lib/districts/school-days";
import { districtAction } from "@/lib/web/action";
import { id, optionalDay, required, text, tick } from "@/lib/web/forms";

const needs = "manageDistrict";
const calendarPath = (slug: string) => `/d/${slug}/admin/settings/calendar`;
const number = "Type a number of days from 1 to 90, or leave it empty.";

export const saveAnswerDaysAction = districtAction(
  {
    needs,
    schema: z.object({
      days: text(10).pipe(
        z
          .string()
          .regex(/^\d{0,2}$/, number)
          .transform((typed) => (typed === "" ? null : Number(typed)))
          .pipe(z.int(number).min(1, number).max(90, number).nullable()),
      ),
      kind: z.enum(dayKinds, { error: "Choose what is counted." }),
    }),
  },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => saveAnswerDays(tx, actor, input));
    return { redirect: `${calendarPath(district.slug)}?did=days` };
  },
);

const noDay = "Type the date as month, day, year.";
const firstDay = "2020-01-01";

export const addSchoolBreakAction = districtAction(
  {
    needs,
    schema: z
      .object({
        name: required(100, "Type what it is: Thanksgiving break, Winter break."),
        from: optionalDay.refine((day) => day !== null, noDay),
        // A single day needs no second date.
        to: optionalDay,
        summer: tick,
      })
      .transform(({ from, to, ...rest }) => ({ ...rest, from: from ?? "", to: to ?? from ?? "" }))
      .superRefine(({ from, to }, context) => {
        const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
        if (from < firstDay) wrong("from", "Type a day from 2020 on.");
        else if (to < from) wrong("to", "The last day lies before the first. Compare both.");
        else if (to >= laterDay(from, longestBreak))
          wrong("to", `That’s more than ${longestBreak} days. Compare both dates, or enter it in two parts.`);
      }),
  },
  async ({ doors, actor, district }, input) => {
    const added = await doors.district((tx) => addSchoolBreak(tx, actor, input));
    return { redirect: `${calendarPath(district.slug)}?did=added&entry=${added}` };
  },
);

export const addFederalHolidaysAction = districtAction(
  {
    needs,
    schema: z.object({
      year: text(4).pipe(
        z
          .string()
          .regex(/^20[2-9]\d$/)
          .transform(Number),
      ),
    }),
  },
  async ({ doors, actor, district }, { year }) => {
    await doors.district((tx) => addFederalHolidays(tx, actor, { year }));
    return { redirect: `${calendarPath(district.slug)}?did=holidays` };
  },
);

export const removeSchoolBreakAction = districtAction(
  { needs, schema: z.object({ id: id() }) },
  async ({ doors, actor, district }, input) => {
    const { from, to } = await doors.district((tx) => removeSchoolBreak(tx, actor, input));
    return { redirect: `${calendarPath(district.slug)}?did=removed&from=${from}&to=${to}` };
  },
);
