import type { Problem } from "@/lib/roster/problem-words";
import type { StaffRecord, StudentRecord } from "@/lib/roster/record";

/** A student who isn't as before: to be added, changed, or to come back. The hash is null where only a part was told. */
export type ChangedStudent = StudentRecord & { line: number; hash: Buffer | null; known: boolean };
export type ChangedStaff = StaffRecord & { line: number; hash: Buffer };

/** Where what a bundle says goes to. Whoever answers with a promise is waited for. */
export type Sink = {
  student(student: ChangedStudent): Promise<void> | undefined;
  staff(staff: ChangedStaff): Promise<void> | undefined;
  /** A student of the district who leaves, by sourcedId. */
  leaving(sourceId: string, line: number | null): Promise<void> | undefined;
  /** Staff of the district who left. */
  staffLeaving(sourceId: string): Promise<void> | undefined;
  problem(problem: Problem): Promise<void> | undefined;
  /** How many rows have been read. */
  progress(rows: number): Promise<void> | undefined;
};

export type BundleFacts = {
  version: "1.1" | "1.2";
  kind: "bulk" | "delta";
  schools: { id: string; name: string }[];
  /** Rows of all files. */
  rows: number;
  /** Students who are as before. */
  unchanged: number;
  /** Rows of users.csv of which nobody can say whose they are. */
  unnamed: number;
};

/** A known student of whom only the birth date or the school came. */
export const partOf = (
  sourceId: string,
  told: number,
  birthDate: string | null,
  school: string | null,
  line: number,
): ChangedStudent => ({
  sourceId,
  told,
  birthDate,
  school,
  line,
  sisId: null,
  stateId: null,
  givenName: null,
  middleName: null,
  familyName: null,
  preferredName: null,
  grade: null,
  hash: null,
  known: true,
});
