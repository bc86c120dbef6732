import { z } from "zod";
import { caseLevels, caseStatuses } from "@/lib/cases/case-words";
import { birthDay, ids, optional, optionalId, text } from "@/lib/web/forms";

/** The fields of a case's facts. */
export const factsFields = {
  buildingId: optionalId,
  teamId: optionalId,
  managerId: optionalId,
  status: z.enum(caseStatuses, "Choose the status."),
  level: z.enum(caseLevels, "Choose the level of concern."),
  assigned: ids(2_000),
};

/** The fields about somebody who isn't on the roster. */
export const personFields = {
  givenName: text(100),
  familyName: text(100),
  birthDate: birthDay,
  grade: optional(20),
};

/** Says which of the names is missing. */
export function demandNames(input: { givenName: string; familyName: string }, context: z.core.$RefinementCtx): void {
  if (!input.givenName) context.addIssue({ code: "custom", path: ["givenName"], message: "Type the first name." });
  if (!input.familyName) context.addIssue({ code: "custom", path: ["familyName"], message: "Type the last name." });
}
