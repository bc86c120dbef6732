import { z } from "zod";
import { type CaseLevel, type CaseStatus, caseLevels, caseStatuses } from "@/lib/cases/case-words";

/** The columns that the list can be sorted by; the same words stand in the URL and in `search_cases`. */
export const caseSorts = ["number", "person", "building", "team", "manager", "level", "status", "updated"] as const;
export type CaseSort = (typeof caseSorts)[number];

/** Which cases, in which order, which page: all that the list's URL says. */
export type CaseFilter = {
  /** What was typed; the words of all six fields, in any order. */
  q: string;
  status: "not-closed" | "all" | CaseStatus;
  buildingId: string | null;
  teamId: string | null;
  level: CaseLevel | null;
  sort: CaseSort;
  descending: boolean;
  /** From 1. */
  page: number;
};

/** How the list is shown where the URL says nothing. */
export const plainCaseFilter: CaseFilter = {
  q: "",
  status: "not-closed",
  buildingId: null,
  teamId: null,
  level: null,
  sort: "updated",
  descending: true,
  page: 1,
};

/** Rows on a page. */
export const casesPerPage = 50;

const uuid = z.uuid();
const among = <T extends string>(list: readonly T[], value: string | undefined): T | null =>
  list.find((one) => one === value) ?? null;

/** Which way a column is sorted when it's first chosen: the newest and the gravest on top, names from A. */
export function sortsDownFirst(sort: CaseSort): boolean {
  return sort === "updated" || sort === "level" || sort === "number";
}

/** Reads the list's query. What it doesn't understand (a mistyped or outdated link) counts as not said. */
export function parseCaseFilter(search: Record<string, string | undefined>): CaseFilter {
  const [name = "", way] = (search.sort ?? "").split(".");
  const sort = among(caseSorts, name) ?? plainCaseFilter.sort;
  const idOf = (value: string | undefined) => (uuid.safeParse(value).success ? (value as string) : null);
  const page = Number(search.page);
  return {
    q: (search.q ?? "").replaceAll(String.fromCharCode(0), "").trim().slice(0, 200),
    status: among(["not-closed", "all", ...caseStatuses] as const, search.status) ?? plainCaseFilter.status,
    buildingId: idOf(search.building),
    teamId: idOf(search.team),
    level: among(caseLevels, search.level),
    sort,
    descending: way === "down" ? true : way === "up" ? false : sortsDownFirst(sort),
    page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** The same from a query string, with or without its question mark. */
export function parseCaseQuery(query: string): CaseFilter {
  return parseCaseFilter(Object.fromEntries(new URLSearchParams(query)));
}

/** The query string that `parseCaseFilter` reads, without what is the default; "" or beginning with "?". */
export function caseQuery(filter: CaseFilter): string {
  const query = new URLSearchParams();
  if (filter.q) query.set("q", filter.q);
  if (filter.status !== plainCaseFilter.status) query.set("status", filter.status);
  if (filter.buildingId) query.set("building", filter.buildingId);
  if (filter.teamId) query.set("team", filter.teamId);
  if (filter.level) query.set("level", filter.level);
  const sorted = sortValue(filter.sort, filter.descending);
  if (sorted !== sortValue(plainCaseFilter.sort, plainCaseFilter.descending)) query.set("sort", sorted);
  if (filter.page > 1) query.set("page", String(filter.page));
  const text = query.toString();
  return text && `?${text}`;
}

/** `updated.down`: column and direction as one value, so that one select can hold both. */
function sortValue(sort: CaseSort, descending: boolean): string {
  return `${sort}.${descending ? "down" : "up"}`;
}
