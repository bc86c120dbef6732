import type { CaseLinks } from "@/components/cases/cases-view";
import { type CaseFilter, caseQuery, plainCaseFilter, sortsDownFirst } from "@/lib/cases/case-filter";

/** Where the list's links lead: each changes one thing of the query, and but for paging begins at its first page. */
export function caseLinks(home: string, filter: CaseFilter, page: number): CaseLinks {
  const to = (change: Partial<CaseFilter>) => `${home}/cases${caseQuery({ ...filter, page: 1, ...change })}`;
  return {
    home,
    query: caseQuery({ ...filter, page }),
    sort: (sort) => to({ sort, descending: sort === filter.sort ? !filter.descending : sortsDownFirst(sort) }),
    page: (number) => to({ page: number }),
    words: (q) => to({ q }),
    withoutFilters: `${home}/cases${caseQuery({ ...plainCaseFilter, q: filter.q, status: "all" })}`,
  };
}
