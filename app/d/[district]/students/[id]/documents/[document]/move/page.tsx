import type { Metadata } from "next";
import { FindStudent } from "@/components/cases/find-student";
import { MoveForm } from "@/components/students/move-form";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { isId } from "@/lib/is-id";
import { findStudentName } from "@/lib/students/find-student-name";
import { findStudent } from "@/lib/students/search-students";
import { districtPage } from "@/lib/web/page";
import { findStudentsAction } from "../../../../actions";
import { moveDocumentAction } from "../../../actions";
import { documentPlace, openDocumentPage } from "../open-document-page";

export const metadata: Metadata = { title: "Move to another student" };

export default districtPage<"id" | "document">({ needs: "manageDocuments", tab: "students" }, async (place) => {
  const { doors, actor, district, params, search } = place;
  const one = await openDocumentPage(place);
  const now = await doors.district((tx) => findStudentName(tx, params.id));
  const chosen = search.student ?? "";
  const to = isId(chosen) && chosen !== params.id ? await doors.district((tx) => findStudent(tx, actor, chosen)) : null;
  const { href, student } = documentPlace(place, one);
  const students = `/d/${district.slug}/students`;
  return (
    <div className="narrow stack">
      <div>
        <Crumbs
          path={[
            { label: "Students", href: students },
            { label: `${now.familyName}, ${now.givenName}`, href: student },
          ]}
        />
        <PageHead title="Move to another student" />
        <p>
          “<bdi>{one.title}</bdi>” is about{" "}
          <bdi>
            {now.familyName}, {now.givenName}
          </bdi>{" "}
          now.
          {one.received &&
            ` It came from ${one.received.district}. If they sent it to the wrong student, report it on the transfer’s page instead.`}
        </p>
      </div>
      {to ? (
        <MoveForm
          action={moveDocumentAction.bind(null, district.slug)}
          document={one}
          to={to}
          anotherHref={`${href}/move`}
          closeHref={student}
        />
      ) : (
        <>
          <FindStudent
            action={findStudentsAction.bind(null, district.slug)}
            searchUrl={`${students}/find`}
            chooseHref={`${href}/move`}
          />
          <div className="btns">
            <LinkButton href={student}>Close</LinkButton>
          </div>
        </>
      )}
    </div>
  );
});
