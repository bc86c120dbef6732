import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { StudentForm } from "@/components/students/student-form";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { listBuildingChoices } from "@/lib/districts/list-building-choices";
import { districtPage } from "@/lib/web/page";
import { addStudentAction } from "../actions";

export const metadata: Metadata = { title: "Add student" };

export default districtPage({ needs: ["manageDocuments", "manageDistrict"], tab: "students" }, async (place) => {
  const { doors, actor, district } = place;
  const buildings = await doors.district((tx) => listBuildingChoices(tx));
  const students = `/d/${district.slug}/students`;
  return (
    <div className="narrow stack">
      <div>
        <Crumbs path={[{ label: "Students", href: students }]} />
        <PageHead
          title="Add student"
          note="For one whom the roster hasn’t brought yet. It adopts them by their SIS ID."
        />
      </div>
      <StudentForm
        action={addStudentAction.bind(null, district.slug)}
        students={students}
        buildings={buildings}
        newId={randomUUID()}
        draft={`student:${actor.membershipId}:new`}
        closeHref={students}
      />
    </div>
  );
});
