"use server";

import { z } from "zod";
import { createCase } from "@/lib/cases/create-case";
import { districtAction } from "@/lib/web/action";
import { id, optionalId } from "@/lib/web/forms";
import { demandNames, factsFields, personFields } from "../facts-schema";

const schema = z
  .object({
    id: id(),
    who: z.enum(["none", "student", "person"]),
    studentId: optionalId,
    ...personFields,
    ...factsFields,
  })
  .superRefine((input, context) => {
    if (input.who === "person") demandNames(input, context);
    if (input.who === "none" || (input.who === "student" && !input.studentId)) {
      context.addIssue({
        code: "custom",
        path: ["who"],
        message: "Find the student whom the case is about, or say that they aren’t on the roster.",
      });
    }
  });

export const createCaseAction = districtAction(
  { needs: "manageCases", schema },
  async ({ doors, actor, district }, input) => {
    const { id: formId, studentId, givenName, familyName, birthDate, grade, who: how, ...facts } = input;
    const who =
      how === "student" && studentId ? { studentId } : { person: { givenName, familyName, birthDate, grade } };
    const { id } = await doors.district((tx) => createCase(tx, actor, { ...facts, id: formId, who }));
    return { redirect: `/d/${district.slug}/cases/${id}` };
  },
);
