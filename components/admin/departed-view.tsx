import { count } from "@/components/admin/import-words";
import { gradeWords, nameWords, PersonName } from "@/components/cases/words";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { Pager } from "@/components/ui/table";
import type { DepartedPage, DepartedStudent } from "@/lib/roster/list-departed";

/** **Departed students**: who left the roster with an open case, each one click from *Transfer to District*. */
export function DepartedView({
  crumbs,
  found,
  perPage,
  base,
  casesHref,
  transferAction,
}: {
  crumbs: { label: string; href: string }[];
  found: DepartedPage;
  perPage: number;
  base: string;
  casesHref: string;
  /** Null for who may not send cases. */
  transferAction: FormAction | null;
}) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Departed students" note="They left the roster and have a case that isn’t closed." />
      {found.total === 0 ? (
        <Empty
          icon="circle-check"
          title="Nobody left with an open case"
          hint="Whoever an import marks as gone shows up here, as long as a case of theirs isn’t closed."
        />
      ) : (
        <table className="tbl">
          <caption className="sr">Departed students with open cases</caption>
          <thead>
            <tr>
              <th scope="col">Student</th>
              <th scope="col">Was at</th>
              <th scope="col">Left</th>
              <th scope="col">Open cases</th>
              <td className="act">
                <span className="sr">Actions</span>
              </td>
            </tr>
          </thead>
          <tbody>
            {found.students.map((student) => (
              <tr key={student.id}>
                <td data-k="Student" className="lead t-main">
                  <b>
                    <PersonName name={student} />
                  </b>
                  <span className="sub">SIS ID {student.sisId}</span>
                </td>
                <td data-k="Was at">
                  {student.building ?? "–"}
                  {student.grade && <span className="sub">{gradeWords(student.grade)}</span>}
                </td>
                <td data-k="Left">{student.leftOn ? <DateText value={student.leftOn} zone="UTC" /> : "–"}</td>
                <td data-k="Open cases">
                  <Cases student={student} casesHref={casesHref} canOpen={transferAction !== null} />
                  {student.transferred > 0 && (
                    <span className="sub">
                      {student.transferred === student.caseIds.length ? "all" : student.transferred} sent or on the way
                    </span>
                  )}
                </td>
                <td className="act">
                  {transferAction ? (
                    <ActionForm id={`transfer-${student.id}`} action={transferAction}>
                      {student.caseIds.map((id) => (
                        <input key={id} type="hidden" name="case" value={id} />
                      ))}
                      <SubmitButton
                        small
                        variant="plain"
                        icon="send"
                        aria-label={`Transfer to District: ${nameWords(student)}`}
                      >
                        Transfer to District
                      </SubmitButton>
                    </ActionForm>
                  ) : (
                    <span className="small dim">Needs Manage Cases</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager
        page={found.page}
        size={perPage}
        total={found.total}
        href={(n) => (n > 1 ? `${base}?page=${n}` : base)}
        label="Pages of students"
      />
    </>
  );
}

function Cases({ student, casesHref, canOpen }: { student: DepartedStudent; casesHref: string; canOpen: boolean }) {
  const words = count(student.caseIds.length, "case");
  const [only] = student.caseIds;
  return canOpen && student.caseIds.length === 1 ? <Link href={`${casesHref}/${only}`}>{words}</Link> : words;
}
