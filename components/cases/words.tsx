import { dateWords } from "@/components/ui/date";
import type { StudentHit } from "@/lib/students/search-students";

/** How people and grades are written in views of cases. */

type Name = { familyName: string; givenName: string };

/** "Abernathy, Jonah", for labels and titles of buttons. */
export const nameWords = ({ familyName, givenName }: Name): string => `${familyName}, ${givenName}`;

/** A person's name, family name first; kept apart from its surroundings, whichever way its script runs. */
export function PersonName({ name }: { name: Name }) {
  return <bdi>{nameWords(name)}</bdi>;
}

const grades: Record<string, string> = {
  KG: "Kindergarten",
  K: "Kindergarten",
  PK: "Prekindergarten",
  UG: "Ungraded",
  PS: "Postsecondary",
};

/** A grade as rosters write it (CEDS codes: 01, KG, PK), in words. */
export function gradeWords(grade: string): string {
  if (/^\d{1,2}$/.test(grade)) return `Grade ${Number(grade)}`;
  return grades[grade.toUpperCase()] ?? (/^grade/i.test(grade) ? grade : `Grade ${grade}`);
}

const counted = new Intl.NumberFormat("en-US");

/** "1 case", "3 cases" */
export function countWords(n: number, one: string, many: string): string {
  return `${counted.format(n)} ${n === 1 ? one : many}`;
}

/** "Grade 9 · Larkmoor High · born May 6, 2011 · SIS ID 10433" */
export function studentLine(student: StudentHit): string {
  return [
    student.departed && "Has left the roster",
    student.grade && gradeWords(student.grade),
    student.building,
    student.birthDate && `born ${dateWords(student.birthDate, "UTC")}`,
    `SIS ID ${student.sisId}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
