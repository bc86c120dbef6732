import { z } from "zod";

/** The columns that the list can be sorted by; the same words stand in the URL and in `search_students_page`. */
export const studentSorts = ["name", "grade", "building", "sis", "born"] as const;
export type StudentSort = (typeof studentSorts)[number];
export const studentShows = ["documents", "open-case", "departed"] as const;
export type StudentShow = (typeof studentShows)[number];

/** Which students, in which order, which page: all that the list's URL says. */
export type StudentFilter = {
  /** What was typed: words of name, SIS ID, state ID, building, and a birth date. */
  q: string;
  buildingId: string | null;
  /** As a roster calls it: 9, KG. */
  grade: string | null;
  show: StudentShow | null;
  sort: StudentSort;
  descending: boolean;
  /** From 1. */
  page: number;
};

/** How the list is shown where the URL says nothing. */
export const plainStudentFilter: StudentFilter = {
  q: "",
  buildingId: null,
  grade: null,
  show: null,
  sort: "name",
  descending: false,
  page: 1,
};

/** Rows on a page. */
export const studentsPerPage = 50;

const uuid = z.uuid();
const among = <T extends string>(list: readonly T[], value: string | undefined): T | null =>
  list.find((one) => one === value) ?? null;

/** Reads the list's query. What it doesn't understand (a mistyped or outdated link) counts as not said. */
export function parseStudentFilter(search: Record<string, string | undefined>): StudentFilter {
  const [name = "", way] = (search.sort ?? "").split(".");
  const page = Number(search.page);
  return {
    q: (search.q ?? "").replaceAll("\0", "").trim().slice(0, 200),
    buildingId: uuid.safeParse(search.building).success ? (search.building as string) : null,
    grade: /^[\w ]{1,20}$/.test(search.grade ?? "") ? (search.grade as string) : null,
    show: among(studentShows, search.show),
    sort: among(studentSorts, name) ?? plainStudentFilter.sort,
    descending: way === "down",
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The query string that `parseStudentFilter` reads, without what is the default; "" or beginning with "?". */
export function studentQuery(filter: StudentFilter): string {
  const query = new URLSearchParams();
  if (filter.q) query.set("q", filter.q);
  if (filter.buildingId) query.set("building", filter.buildingId);
  if (filter.grade) query.set("grade", filter.grade);
  if (filter.show) query.set("show", filter.show);
  if (filter.sort !== plainStudentFilter.sort || filter.descending)
    query.set("sort", `${filter.sort}.${filter.descending ? "down" : "up"}`);
  if (filter.page > 1) query.set("page", String(filter.page));
  const text = query.toString();
  return text && `?${text}`;
}
