"use server";

import { z } from "zod";
import { addStudent } from "@/lib/students/add-student";
import { editStudent } from "@/lib/students/edit-student";
import { searchStudents } from "@/lib/students/search-students";
import { districtAction } from "@/lib/web/action";
import { birthDay, id, optional, optionalId, required, text, tick } from "@/lib/web/forms";

/** The search for a student where no script runs. */
export const findStudentsAction = districtAction(
  { needs: "manageDocuments", schema: z.object({ q: text(200) }) },
  async ({ doors, actor }, { q }) => {
    const hits = q ? await doors.district((tx) => searchStudents(tx, actor, q)) : [];
    return { data: { q, hits } };
  },
);

const student = {
  givenName: required(100, "Type the first name."),
  familyName: required(100, "Type the last name."),
  preferredName: optional(100),
  birthDate: birthDay,
  sisId: required(64, "Type the SIS ID, the number that your student information system gives."),
  stateId: optional(64),
  grade: optional(20),
  buildingId: optionalId,
  anotherOne: tick,
};

export const addStudentAction = districtAction(
  { needs: ["manageDocuments", "manageDistrict"], schema: z.object({ id: id(), ...student }) },
  async ({ doors, actor, district }, input) => {
    const added = await doors.district((tx) => addStudent(tx, actor, input));
    return { redirect: `/d/${district.slug}/students/${added.id}` };
  },
);

export const editStudentAction = districtAction(
  {
    needs: ["manageDocuments", "manageDistrict"],
    schema: z.object({ id: id(), mark: text(20), ...student }),
  },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => editStudent(tx, actor, input));
    return { redirect: `/d/${district.slug}/students/${input.id}` };
  },
);
