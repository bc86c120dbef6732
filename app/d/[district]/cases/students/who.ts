import type { Who } from "@/components/cases/person-choice";
import { isId } from "@/lib/is-id";
import { findStudent } from "@/lib/students/search-students";
import type { Place } from "@/lib/web/guard";

/** Whom the query of a form's page names: a student by id, somebody who isn't on the roster, or nobody yet. */
export async function whoOf({ doors, actor }: Place, search: Record<string, string | undefined>): Promise<Who> {
  const { student: id, who } = search;
  const student = id && isId(id) ? await doors.district((tx) => findStudent(tx, actor, id)) : null;
  if (student) return { kind: "student", student };
  return { kind: who === "person" ? "person" : "none" };
}
