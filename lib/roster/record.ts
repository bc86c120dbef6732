import { hash } from "node:crypto";

/** A student as the roster tells them, in the form that the student's row has. */
export type StudentRecord = {
  sourceId: string;
  sisId: string | null;
  stateId: string | null;
  givenName: string | null;
  middleName: string | null;
  familyName: string | null;
  preferredName: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  grade: string | null;
  /** The sourcedId of the school. */
  school: string | null;
  /** Which of these the bundle told (`Told`); what it didn't tell stays as it is. */
  told: number;
};

/** Bits of `told`. */
export const Told = { who: 1, birthDate: 2, school: 4, preferred: 8, state: 16, grade: 32, middle: 64 } as const;

/** Someone of the staff, as the roster tells them. */
export type StaffRecord = {
  sourceId: string;
  givenName: string;
  familyName: string;
  email: string | null;
  username: string | null;
  role: string;
  school: string | null;
};

/** In bytes. 16 of a SHA-256 tell any two records of a roster apart. */
export const HASH_BYTES = 16;

/** What tells a changed student from one that is as before. */
export function hashOfStudent(record: StudentRecord): Buffer {
  return digest([
    record.told,
    record.sisId,
    record.stateId,
    record.givenName,
    record.middleName,
    record.familyName,
    record.preferredName,
    record.birthDate,
    record.grade,
    record.school,
  ]);
}

/** As `hashOfStudent`, for staff. */
export function hashOfStaff(record: StaffRecord): Buffer {
  return digest([record.givenName, record.familyName, record.email, record.username, record.role, record.school]);
}

const digest = (fields: readonly (string | number | null)[]) =>
  hash("sha256", fields.join("\u001f"), "buffer").subarray(0, HASH_BYTES);

const plain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Text as it's stored: one form of accents, no control characters, single spaces; "" for none. */
export function tidy(text: string | undefined): string {
  if (text === undefined || text === "") return "";
  if (plain.test(text)) return text;
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF\uFFFD]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The state's student number out of userIds: `{State:604821}`, beside others (`{LDAP:x},{State:604821}`); null where there's none. */
export function stateIdOf(userIds: string): string | null {
  for (const [, type = "", value = ""] of userIds.matchAll(/\{([^:{}]*):([^{}]*)\}/g)) {
    if (/^(state|ssid)/i.test(type.trim())) return tidy(value) || null;
  }
  return null;
}

/** The first of the grades (CEDS entry grade levels), without the leading zero: "09" is "9", "KG" is "K". */
export function gradeOf(grades: string): string | null {
  const first = tidy(grades.split(",")[0]).toUpperCase();
  if (first === "" || first.length > 20) return null;
  if (first === "KG") return "K";
  return /^\d+$/.test(first) ? String(Number(first)) : first;
}

/** YYYY-MM-DD of a day that there is and that somebody at school can have been born on; null for anything else. */
export function birthDateOf(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) return null;
  return text >= "1900-01-01" && day.getTime() <= Date.now() ? text : null;
}
