import { z } from "zod";

/** What people read where a schema says nothing of its own: zod's words are for programmers. A schema's own sentence wins over these. */
z.config({
  customError: (issue) => {
    if (issue.code === "too_big")
      return issue.origin === "array"
        ? `Choose at most ${issue.maximum.toLocaleString("en-US")}.`
        : issue.origin === "string"
          ? `Use at most ${issue.maximum.toLocaleString("en-US")} characters.`
          : `Use ${issue.maximum.toLocaleString("en-US")} or less.`;
    if (issue.code === "too_small")
      return issue.origin === "array"
        ? "Choose at least one."
        : issue.origin === "string"
          ? "Type something here."
          : `Use ${issue.minimum.toLocaleString("en-US")} or more.`;
    if (issue.code === "invalid_value") return "Choose one of the list.";
    return "Check this, then try again.";
  },
});

/** Pieces of form schemas. A form sends text, and a name that stands once is not a list: these put both right. */

const absent = (value: unknown) => (value === undefined || value === null ? "" : value);

/** Text of at most `max` characters, spaces at the ends and NUL, which PostgreSQL doesn't store, gone. A list, file or object where text belongs is refused. */
export const text = (max: number, tooLong = `Use at most ${max.toLocaleString("en-US")} characters.`) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.replaceAll("\r\n", "\n").replaceAll("\0", "") : absent(value)),
    z.string({ error: "Type text here." }).trim().max(max, tooLong),
  );

/** Text that has to be there; `missing` says what to type. */
export const required = (max: number, missing: string) => text(max).pipe(z.string().min(1, missing));

/** Text or null where nothing was typed. */
export const optional = (max: number) => text(max).transform((value) => value || null);

/** An id, or null where nothing was chosen. */
export const optionalId = z.preprocess((value) => value || null, z.uuid("Choose one of the list.").nullable());

/** An id that has to be there. */
export const id = (missing = "Choose one.") => z.uuid(missing);

/** Any number of ids; none is an empty list. */
export const ids = (max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid("Choose from the list.")).max(max),
  );

/** Any number of texts; none is an empty list. */
export const texts = z.preprocess((value) => [value ?? []].flat(), z.array(z.string().max(5_000)).max(200));

/** A day as the browser's date field sends it (2026-11-22), or null. */
export const optionalDay = z.preprocess(
  (value) => value || null,
  z.iso
    .date("Type the date as month, day, year.")
    .refine((day) => day >= "1900-01-01" && day <= "2100-12-31", "Type a year between 1900 and 2100.")
    .nullable(),
);

/** As `optionalDay`, not in the future wherever on earth it's typed; `future` says what to check. */
export const pastDay = (future: string) =>
  optionalDay.refine(
    (day) => day === null || day <= new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10),
    future,
  );

/** A birth date, or null where nothing was typed. */
export const birthDay = pastDay("The birth date lies in the future. Check the year.");

/** A ticked box. */
export const tick = z.preprocess((value) => value === "on" || value === "1" || value === "true", z.boolean());
