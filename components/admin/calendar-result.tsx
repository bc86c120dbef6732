import { Banner } from "@/components/ui/banner";
import { dateWords } from "@/components/ui/date";
import type { SchoolCalendarView } from "@/lib/districts/get-school-calendar";

const moved = "Open record requests are due by it from now on; those that are overdue stay so.";

/** “Nov 23, 2026”, or “Nov 23, 2026, to Nov 27, 2026”. */
export function daysOff({ from, to }: { from: string; to: string }): string {
  const day = (text: string) => dateWords(text, "UTC");
  return from === to ? day(from) : `${day(from)}, to ${day(to)}`;
}

/** What was just done, and to which days. An entry that is gone is named by its days: its name stands in no address. */
export function CalendarResult({
  calendar,
  sentence,
  result,
}: {
  calendar: SchoolCalendarView;
  /** What was done, in general. */
  sentence: string;
  result: Readonly<Record<string, string | undefined>>;
}) {
  const added = calendar.years.flatMap((one) => one.breaks).find((one) => one.id === result.entry);
  if (result.did === "added" && added)
    return (
      <Banner
        kind={added.overlaps.length > 0 ? "held" : "done"}
        fact={`“${added.name}” (${daysOff(added)}) added.`}
        live
      >
        {added.overlaps.length > 0 &&
          `It overlaps with ${namesOf(added.overlaps)}. A day counts once, however many entries have it; remove one if that isn’t what you meant. `}
        {moved}
      </Banner>
    );
  const { from = "", to = "" } = result;
  const gone = [from, to].every((day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)));
  return (
    <Banner
      kind="done"
      fact={result.did === "removed" && gone ? `Days without school removed: ${daysOff({ from, to })}.` : sentence}
      live
    >
      {moved}
    </Banner>
  );
}

/** “Staff day”; “Staff day” and “Winter break”; “Staff day” and 4 more entries. */
export function namesOf(names: readonly string[]): string {
  const [first = "", second] = names;
  if (second === undefined) return `“${first}”`;
  return names.length === 2 ? `“${first}” and “${second}”` : `“${first}” and ${names.length - 1} more entries`;
}
