/** Why a bundle, or a row of it, wasn't taken: by code in the database, in words on screen and in the list of errors. */

const failures = {
  "not-a-zip": () => "This isn’t a zip that can be opened. Export the bundle again and upload the zip as it is.",
  damaged: (detail) => `${detail ?? "The zip"} is damaged. Export the bundle again, and check that the copy is whole.`,
  encrypted: () => "The zip is protected with a password. Export it without.",
  "too-many-entries": (detail) => `The zip has more than ${detail} files. Upload the OneRoster bundle alone.`,
  "too-large": () => "The zip is larger than 100 MB, which no roster’s bundle is. Export the OneRoster bundle alone.",
  "too-large-unpacked": () => "The zip unpacks to more than 1 GB, which no roster does. Export the bundle again.",
  "file-twice": (detail) => `${detail} is in the zip twice. Keep the right one and upload the zip again.`,
  "manifest-missing": () =>
    "The zip has no manifest.csv, so it isn’t a OneRoster bundle. Export a OneRoster CSV bundle, version 1.1 or 1.2.",
  "version-missing": () => "manifest.csv doesn’t say which version it is (oneroster.version). Export the bundle again.",
  version: (detail) => `This is OneRoster ${detail}. Export version 1.1 or 1.2.`,
  mode: (detail) => `manifest.csv says “${detail}”. It has to be bulk, delta or absent.`,
  "file-missing": (detail) => `manifest.csv promises ${detail}, and it isn’t in the zip. Export the bundle again.`,
  "no-users": () => "The bundle has no users.csv, so there are no students in it. Export it with users.",
  "no-roles": () =>
    "The bundle has no roles.csv, which tells students from staff in OneRoster 1.2. Export it with roles.",
  "no-students": () => "users.csv has no student. Export the bundle again, with students.",
  "empty-file": (detail) => `${detail} is empty. Export the bundle again.`,
  "column-missing": (detail) => `A column is missing. ${detail}.`,
  "column-twice": (detail) => `A column stands twice. ${detail}.`,
  quote: (detail) => `A quotation mark doesn’t close. ${detail ? place(detail) : ""}.`,
  "utf-16": (detail) => `${detail} is written in UTF-16. Save it as UTF-8 and pack the zip again.`,
  "too-many-rows": (detail) => `${detail} has more than 3,000,000 rows, which no roster has.`,
  "changed-while-read": () => "The file changed while it was read. Put it into the folder again, once it’s whole.",
  "cut-off": () =>
    "The import was cut off several times. Upload the bundle again; if it stays, tell whoever runs Baton.",
  "changed-meanwhile": () => "Your roster was changed while this was being applied. Upload the bundle again.",
} satisfies Record<string, (detail: string | null) => string>;

export type FailureCode = keyof typeof failures;

/** Why an import failed, and what to do. Nothing was changed by it. */
export function failureWords(code: string, detail: string | null): string {
  const words: Record<string, (detail: string | null) => string> = failures;
  return words[code]?.(detail) ?? "The bundle can’t be used. Export it again.";
}

const quoted = (detail: string | null) => (detail ? `“${detail}”` : "this");
const reasons = {
  fields: (detail) => `The row has ${detail} fields, another number than the header.`,
  "id-missing": () => "The sourcedId is missing.",
  "id-twice": (detail) => `This sourcedId stands in line ${detail} already.`,
  "id-long": () => "The sourcedId is longer than 255 characters.",
  "given-missing": () => "The given name is missing.",
  "family-missing": () => "The family name is missing.",
  "too-long": (detail) => `This is longer than ${detail} characters.`,
  "sis-twice": (detail) => `The student in line ${detail} has this SIS ID already: one student under two sourcedIds.`,
  "state-twice": (detail) => `The student in line ${detail} has this state ID already.`,
  "sis-taken": () => "Another student of your roster has this SIS ID.",
  "state-taken": (detail) => `Another student of your roster has this state ID: SIS ID ${detail}.`,
  "another-person": (detail) =>
    `Your roster has another person under this ID: name and birth date both differ${detail ? ` (SIS ID ${detail})` : ""}.`,
  status: (detail) => `${quoted(detail)} is no status. It has to be active or tobedeleted.`,
  "role-unknown": (detail) => `${quoted(detail)} is no role of OneRoster.`,
  "role-missing": () => "This person has no role.",
  "org-unknown": (detail) => `orgs.csv has no organization ${quoted(detail)}.`,
  "birth-date": (detail) => `${quoted(detail)} is no birth date. It has to be written like 2011-05-06.`,
  orphan: () => "users.csv has nobody with this sourcedId.",
  "unknown-student": () => "The bundle brings changes only, and your roster doesn’t have this person.",
  encoding: () => "The file isn’t written in UTF-8; it was read as Windows-1252 (Latin-1). Check names with accents.",
  email: (detail) => `${quoted(detail)} is no email address; it was left out.`,
  type: (detail) => `${quoted(detail)} is no type of organization.`,
  "name-missing": () => "The name is missing.",
} satisfies Record<string, (detail: string | null) => string>;

export type ReasonCode = keyof typeof reasons;

/** What's wrong with a row. */
export function reasonWords(code: string, detail: string | null): string {
  const words: Record<string, (detail: string | null) => string> = reasons;
  return words[code]?.(detail) ?? "The row can’t be used.";
}

/** A problem with a row of the bundle. */
export type Problem = {
  file: string;
  line: number | null;
  column: string | null;
  reason: ReasonCode;
  detail: string | null;
  /** The row wasn't taken; otherwise a value of it was left out. */
  refused: boolean;
};

/** "users.csv: 12" → "users.csv, near line 12" */
const place = (detail: string) => detail.replace(/: (\d+)$/, ", near line $1");
