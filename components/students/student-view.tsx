import { HoldBanners } from "@/components/cases/hold-banners";
import { gradeWords, PersonName } from "@/components/cases/words";
import { DocumentBin } from "@/components/students/document-bin";
import { type DocumentsPlace, DocumentsSection } from "@/components/students/documents-section";
import { RequestBanners } from "@/components/students/request-banners";
import { StudentDisclosures, StudentTransfers } from "@/components/students/student-history";
import { casesWord, documentsWord } from "@/components/students/student-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import type { StudentFacts, StudentPage } from "@/lib/documents/find-student-page";
import type { RequestAbout } from "@/lib/requests/list-requests-about";

const statusNames = { open: "open", monitoring: "monitoring", closed: "closed" } as const;

/** A student's own page, also behind its dialogs. */
export function StudentView({
  page,
  place,
  home,
  requests,
  today,
  justDeleted,
}: {
  page: StudentPage;
  place: DocumentsPlace;
  /** /d/<district> */
  home: string;
  /** Open record requests that may be about the student. */
  requests: readonly RequestAbout[];
  /** YYYY-MM-DD in the district's time zone. */
  today: string;
  /** The document that was put into the bin a moment ago. */
  justDeleted: string | null;
}) {
  const { student } = page;
  const deleted = page.bin.find((one) => one.id === justDeleted);
  return (
    <>
      <Crumbs path={[{ label: "Students", href: `${home}/students` }]} />
      <PageHead
        title={<PersonName name={student} />}
        note={<StudentLine student={student} />}
        chip={student.departed && <span className="st st-cancelled">Departed</span>}
      >
        {page.canEdit && (
          <LinkButton small icon="pencil" href={`${place.href}/edit`}>
            Edit student
          </LinkButton>
        )}
        {page.disclosures && (
          <LinkButton small icon="file-text" href={`${place.href}/disclosures`}>
            Disclosure record
          </LinkButton>
        )}
        {page.canHold && (
          <LinkButton small icon="lock" href={`${home}/admin/retention/holds/place?student=${student.id}`}>
            Legal hold
          </LinkButton>
        )}
      </PageHead>
      <Facts
        facts={[
          [
            "SIS ID",
            <span key="sis" className="id">
              {student.sisId}
            </span>,
          ],
          Boolean(student.stateId) && [
            "State ID",
            <span key="state" className="id">
              {student.stateId}
            </span>,
          ],
          ["Birth date", student.birthDate ? dateWords(student.birthDate, "UTC") : "Not known"],
          ["Enrollment", enrollmentWords(student, place.zone)],
          page.cases.length > 0 && ["Cases", <CaseLinks key="cases" page={page} home={home} />],
        ]}
      />
      <RequestBanners requests={requests} home={home} today={today} />
      <HoldBanners
        holds={page.holds}
        what="student"
        listHref={page.canHold ? `${home}/admin/retention/holds` : null}
        zone={place.zone}
      />
      {deleted?.deleted && (
        <Banner
          kind="done"
          fact={
            <>
              “<bdi>{deleted.title}</bdi>” is deleted.
            </>
          }
          live
        >
          It can be restored until <DateText value={deleted.deleted.until} zone={place.zone} />.{" "}
          <button type="submit" className="link" form="restore-document" name="document" value={deleted.id}>
            Restore
          </button>
        </Banner>
      )}
      <DocumentsSection documents={page.documents} place={place} />
      <StudentTransfers transfers={page.transfers} home={home} zone={place.zone} />
      <CasesSection page={page} home={home} zone={place.zone} />
      {page.disclosures && <StudentDisclosures disclosures={page.disclosures} zone={place.zone} />}
      <DocumentBin bin={page.bin} place={place} />
      {page.certificates.length > 0 && (
        <section className="sec-2" aria-labelledby="purged">
          <SectionHead id="purged" title="Purged" note="What was destroyed for good" />
          <ul className="att">
            {page.certificates.map((one) => (
              <li key={one.id}>
                <span>
                  <Link href={`${place.href}/certificates/${one.id}`}>
                    Certificate <span className="id">{one.number}</span>
                  </Link>
                  <small>
                    {one.kind === "cases" ? casesWord(one.records) : documentsWord(one.records)} ·{" "}
                    <DateText value={one.at} zone={place.zone} />
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function StudentLine({ student }: { student: StudentFacts }) {
  const parts = [student.grade && gradeWords(student.grade), student.building?.name].filter(Boolean);
  return (
    <>
      {student.preferredName && (
        <>
          Goes by <bdi>{student.preferredName}</bdi>
          {parts.length > 0 && " · "}
        </>
      )}
      {parts.join(" · ")}
    </>
  );
}

function enrollmentWords(student: StudentFacts, zone: string): string {
  if (student.departed) {
    return student.departed.on ? `Left the roster on ${dateWords(student.departed.on, "UTC")}` : "Left the roster";
  }
  if (student.byHand) return "Active, added by hand";
  return student.rosterAt ? `Active, from the roster of ${dateWords(student.rosterAt, zone, "short")}` : "Active";
}

function CaseLinks({ page, home }: { page: StudentPage; home: string }) {
  const shown = page.cases.slice(0, 2);
  return (
    <>
      {shown.map((one, at) => (
        <span key={one.id}>
          {at > 0 && "; "}
          <Link href={`${home}/cases/${one.id}`}>
            <span className="id">{one.number}</span>
          </Link>
          , {statusNames[one.status]}
        </span>
      ))}
      {page.cases.length > shown.length && (
        <>
          {" "}
          and <a href="#cases">{page.cases.length - shown.length} more</a>
        </>
      )}
    </>
  );
}

function CasesSection({ page, home, zone }: { page: StudentPage; home: string; zone: string }) {
  return (
    <section className="sec-2" aria-labelledby="cases">
      <SectionHead id="cases" title="Cases" />
      {page.cases.length === 0 ? (
        <p className="small dim">There’s no case about this student that you see.</p>
      ) : (
        <table className="tbl tbl-moves" aria-labelledby="cases">
          <thead>
            <tr>
              <th scope="col">Case</th>
              <th scope="col">Status</th>
              <th scope="col">Updated</th>
            </tr>
          </thead>
          <tbody>
            {page.cases.map((one) => (
              <tr key={one.id}>
                <td data-k="Case">
                  <Link className="id" href={`${home}/cases/${one.id}`}>
                    {one.number}
                  </Link>
                </td>
                <td data-k="Status">
                  {one.status === "open" ? "Open" : one.status === "closed" ? "Closed" : "Monitoring"}
                </td>
                <td data-k="Updated">
                  <DateText value={one.updatedAt} zone={zone} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
