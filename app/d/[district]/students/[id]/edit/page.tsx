import type { Metadata } from "next";
import { PersonName } from "@/components/cases/words";
import { StudentForm } from "@/components/students/student-form";
import { Banner } from "@/components/ui/banner";
import { Crumbs } from "@/components/ui/crumbs";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { listBuildingChoices } from "@/lib/districts/list-building-choices";
import { districtPage } from "@/lib/web/page";
import { editStudentAction } from "../../actions";
import { openStudent, studentHome } from "../student-page";

export const metadata: Metadata = { title: "Edit student" };

export default districtPage<"id">({ needs: ["manageDocuments", "manageDistrict"], tab: "students" }, async (place) => {
  const { doors, actor, district } = place;
  const { student } = await openStudent(place, place.params.id);
  const buildings = await doors.district((tx) => listBuildingChoices(tx));
  const href = studentHome(place, student.id);
  const students = `/d/${district.slug}/students`;
  return (
    <div className="narrow stack">
      <div>
        <Crumbs path={[{ label: "Students", href: students }]} />
        <PageHead title="Edit student" note={<PersonName name={student} />} />
      </div>
      {student.byHand ? (
        <StudentForm
          action={editStudentAction.bind(null, district.slug)}
          students={students}
          buildings={buildings}
          student={student}
          draft={`student:${actor.membershipId}:${student.id}`}
          closeHref={href}
        />
      ) : (
        <Banner kind="info" fact="This student comes from the roster.">
          Correct them in your student information system; the next import brings it here.{" "}
          <Link href={href}>Back to the student</Link>
        </Banner>
      )}
    </div>
  );
});
