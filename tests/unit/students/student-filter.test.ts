import { expect, test } from "vitest";
import {
  parseStudentFilter,
  plainStudentFilter,
  type StudentFilter,
  studentQuery,
} from "@/lib/students/student-filter";

const full: StudentFilter = {
  q: "rutherford 5/2/2012",
  buildingId: "5f0c3b8e-6a4e-4c55-9a53-0d8a3f1f2a11",
  grade: "KG",
  show: "open-case",
  sort: "born",
  descending: true,
  page: 3,
};
const read = (query: string) => parseStudentFilter(Object.fromEntries(new URLSearchParams(query)));

test("what is written into the URL is read out of it", () => {
  expect(read(studentQuery(full))).toEqual(full);
  expect(studentQuery(plainStudentFilter)).toBe("");
  expect(read("")).toEqual(plainStudentFilter);
});

test("what it doesn't understand counts as not said", () => {
  expect(read("sort=x.down&page=0&building=1&grade=%27&show=all")).toEqual({ ...plainStudentFilter, descending: true });
});
