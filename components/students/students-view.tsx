import { countWords } from "@/components/cases/words";
import { StudentFinder } from "@/components/students/student-finder";
import { StudentsTable } from "@/components/students/students-table";
import { LinkButton } from "@/components/ui/button";
import { CloseSpellings } from "@/components/ui/close-spellings";
import { Empty } from "@/components/ui/empty";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/table";
import type { StudentsPage } from "@/lib/students/list-students";
import type { StudentFilter, StudentSort } from "@/lib/students/student-filter";

/** Where the list leads. */
export type StudentLinks = {
  /** /d/<district> */
  home: string;
  sort: (sort: StudentSort) => string;
  page: (page: number) => string;
  /** The same filters with other words. */
  words: (q: string) => string;
  withoutFilters: string;
};

/** The **Students** tab: search, filters, table, pages. */
export function StudentsView({
  page,
  filter,
  links,
  canAdd,
}: {
  page: StudentsPage;
  filter: StudentFilter;
  links: StudentLinks;
  canAdd: boolean;
}) {
  const { list } = page;
  return (
    <>
      <PageHead title="Students" note={<span role="status">{countLine(list.total, list.more)}</span>}>
        {canAdd && (
          <LinkButton icon="plus" href={`${links.home}/students/add`}>
            Add student
          </LinkButton>
        )}
      </PageHead>
      <StudentFinder filter={filter} buildings={page.buildings} grades={page.grades} />
      {list.rows.length === 0 ? (
        <>
          <h2 className="sr">Students found</h2>
          <NoStudents page={page} links={links} canAdd={canAdd} />
        </>
      ) : (
        <>
          <StudentsTable
            rows={list.rows}
            home={links.home}
            sort={filter.sort}
            descending={filter.descending}
            sortHref={links.sort}
          />
          <Pager page={list.page} size={list.size} total={list.total} href={links.page} />
        </>
      )}
      {list.more && <p className="small dim">The first 1,000 are shown. Narrow the search to see the others.</p>}
    </>
  );
}

function countLine(total: number, more: boolean): string {
  if (more) return "More than 1,000 students match.";
  return total === 1 ? "1 student matches." : `${countWords(total, "student", "students")} match.`;
}

function NoStudents({ page, links, canAdd }: { page: StudentsPage; links: StudentLinks; canAdd: boolean }) {
  if (!page.any) {
    return page.seesAll ? (
      <Empty
        icon="users"
        title="No students yet"
        hint="They come with the roster, under Admin ▸ Roster. One that it hasn’t brought yet can be added by hand."
      >
        {canAdd && (
          <LinkButton small icon="plus" href={`${links.home}/students/add`}>
            Add student
          </LinkButton>
        )}
      </Empty>
    ) : (
      <Empty
        icon="users"
        title="No student to see"
        hint="You see the students whose documents you own, and those whose cases you’re assigned to."
      />
    );
  }
  return (
    <Empty icon="search" title="No student matches" hint="Try fewer words, or only the beginning of one.">
      <CloseSpellings words={page.close} href={links.words} />
      {page.matchElsewhere > 0 ? (
        <LinkButton small href={links.withoutFilters}>
          {page.matchElsewhere === 1
            ? "Show the 1 student who matches without the filters"
            : `Show the ${page.matchElsewhere.toLocaleString("en-US")} students who match without the filters`}
        </LinkButton>
      ) : (
        <LinkButton small href={`${links.home}/students`}>
          Show all students
        </LinkButton>
      )}
    </Empty>
  );
}
