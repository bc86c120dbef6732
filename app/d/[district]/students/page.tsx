import type { Metadata } from "next";
import { StudentsView } from "@/components/students/students-view";
import { getStudentsPage } from "@/lib/students/list-students";
import { mayAddStudents } from "@/lib/students/student-access";
import { parseStudentFilter } from "@/lib/students/student-filter";
import { districtPage } from "@/lib/web/page";
import { studentLinks } from "./student-links";

export const metadata: Metadata = { title: "Students" };

export default districtPage({ needs: "member", tab: "students" }, async ({ actor, doors, district, search }) => {
  const filter = parseStudentFilter(search);
  const page = await doors.district((tx) => getStudentsPage(tx, actor, filter));
  return (
    <StudentsView
      page={page}
      filter={filter}
      links={studentLinks(`/d/${district.slug}`, filter)}
      canAdd={mayAddStudents(actor)}
    />
  );
});
