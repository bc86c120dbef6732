import type { StudentLinks } from "@/components/students/students-view";
import { plainStudentFilter, type StudentFilter, studentQuery } from "@/lib/students/student-filter";

/** Where the list's links lead: each changes one thing of the query, and but for paging begins at its first page. */
export function studentLinks(home: string, filter: StudentFilter): StudentLinks {
  const to = (change: Partial<StudentFilter>) => `${home}/students${studentQuery({ ...filter, page: 1, ...change })}`;
  return {
    home,
    sort: (sort) => to({ sort, descending: sort === filter.sort ? !filter.descending : false }),
    page: (number) => to({ page: number }),
    words: (q) => to({ q }),
    withoutFilters: `${home}/students${studentQuery({ ...plainStudentFilter, q: filter.q })}`,
  };
}
