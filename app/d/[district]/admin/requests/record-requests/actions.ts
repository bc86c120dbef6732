"use server";

import { z } from "zod";
import type { PostedChoice } from "@/components/transfers/posted-choice";
import { documentTypes } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import { declineRequest, withdrawRequest } from "@/lib/requests/decide-request";
import { demandAnswerable } from "@/lib/requests/demand-answerable";
import { findBySisId } from "@/lib/requests/propose-answer";
import { requestBases, requestKinds } from "@/lib/requests/request-content";
import { requestRecords } from "@/lib/requests/request-records";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { chooseDocuments } from "@/lib/transfers/choose-documents";
import { districtAction } from "@/lib/web/action";
import { birthDay, id, ids, optional, optionalId, required, text, texts } from "@/lib/web/forms";
import { drawsAgain, pickerDrawn, pickerFields } from "../../../directory/posted";
import { recordRequestNeeds as needs, recordRequestsPath } from "./paths";

const fields = z.object({
  request: id(),
  ...pickerFields,
  given: text(100),
  family: text(100),
  birthDate: birthDay,
  grade: optional(20),
  kind: z.enum(requestKinds, { error: "Choose what you ask for." }),
  types: texts,
  sisId: optional(100),
  owner: optional(254),
  basis: z.enum(requestBases, { error: "Choose the legal basis." }),
  message: text(2_000),
  /** The own student who is the same although something differs. */
  same: optionalId,
});
type Typed = z.output<typeof fields>;

const schema = fields.superRefine((typed, context) => {
  if (drawsAgain(typed)) return;
  const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (typed.districts.length === 0) wrong("districts", "Search for the district that has the records and choose it.");
  if (!typed.given) wrong("given", "Type the student’s first name.");
  if (!typed.family) wrong("family", "Type the student’s last name.");
  if (!typed.birthDate) wrong("birthDate", "Type the birth date: the other district finds the student by it.");
  if (typed.kind === "cases") return;
  if (!typed.types.some(isType)) wrong("types", "Tick at least one kind of document.");
  if (!typed.sisId) wrong("sisId", "Type the student’s ID in your district: documents are delivered by it.");
  if (!typed.owner) wrong("owner", "Type who takes the documents over.");
});

const isType = (text: string): text is (typeof documentTypes)[number] => documentTypes.some((type) => type === text);

/** Sends the request; posted by Search it answers with what the form shows then (pages without script). */
export const requestRecordsAction = districtAction({ needs, schema }, async (place, input) => {
  const { doors, actor, district } = place;
  if (drawsAgain(input)) {
    const drawn = await pickerDrawn(place, input, "request");
    return { data: { ...drawn, typed: typedIn(input), ticked: input.types } satisfies PostedChoice };
  }
  const requestId = await doors.district((tx) =>
    requestRecords(tx, actor, {
      requestId: input.request,
      holdingDistrictId: input.districts.at(-1) ?? "",
      kind: input.kind,
      documentTypes: input.types.filter(isType),
      legalBasis: input.basis,
      same: input.same,
      content: {
        given: input.given,
        family: input.family,
        birthDate: input.birthDate ?? "",
        grade: input.grade,
        owner: input.owner,
        sisId: input.sisId,
        message: input.message,
      },
    }),
  );
  return { redirect: `${recordRequestsPath(district.slug, requestId)}?result=asked` };
});

const typedIn = ({ given, family, birthDate, grade, kind, sisId, owner, basis, message }: Typed) => ({
  given,
  family,
  birthDate: birthDate ?? "",
  grade: grade ?? "",
  kind,
  sisId: sisId ?? "",
  owner: owner ?? "",
  basis,
  message,
});

export const declineRequestAction = districtAction(
  { needs, schema: z.object({ request: id(), reason: required(1_000, "Say why: the other district reads it.") }) },
  async ({ doors, actor, district }, { request, reason }) => {
    await doors.district((tx) => declineRequest(tx, actor, { requestId: request, reason }));
    return { redirect: `${recordRequestsPath(district.slug, request)}?result=declined` };
  },
);

export const withdrawRequestAction = districtAction(
  { needs, schema: z.object({ request: id() }) },
  async ({ doors, actor, district }, { request }) => {
    await doors.district((tx) => withdrawRequest(tx, actor, { requestId: request }));
    return { redirect: `${recordRequestsPath(district.slug, request)}?result=withdrawn` };
  },
);

/** The one click: drafts the transfer of the ticked documents, and goes on to its page, which comes up filled in. */
export const answerWithDocumentsAction = districtAction(
  { needs: "manageDocuments", schema: z.object({ request: id(), student: id(), documents: ids(500) }) },
  async ({ doors, actor, district }, { request, student, documents }) => {
    const { dispatchId } = await doors.district(async (tx) => {
      await demandAnswerable(tx, actor, request, "documents");
      return chooseDocuments(tx, actor, { studentId: student, documentIds: documents, requestId: request });
    });
    return { redirect: `/d/${district.slug}/students/${student}/share/${dispatchId}` };
  },
);

/** The same with cases: the dialog **Transfer to District** comes up with the asking district ticked. */
export const answerWithCasesAction = districtAction(
  { needs: "manageCases", schema: z.object({ request: id(), student: id(), cases: ids(500) }) },
  async ({ doors, actor, district }, { request, cases }) => {
    const { dispatchId } = await doors.district((tx) => chooseCases(tx, actor, { caseIds: cases }, "", request));
    return { redirect: `/d/${district.slug}/cases/transfer/${dispatchId}` };
  },
);

/** Compares a student whom the names didn't find. The SIS Student ID is posted; the address then holds an id alone. */
export const findStudentAction = districtAction(
  { needs, schema: z.object({ request: id(), sisId: required(100, "Type the SIS Student ID.") }) },
  async ({ doors, actor, district }, { request, sisId }) => {
    const studentId = await doors.district((tx) => findBySisId(tx, actor, sisId));
    if (!studentId) throw new DomainError("no-such-student", { field: "sisId" });
    return { redirect: `${recordRequestsPath(district.slug, request)}?student=${studentId}#answer` };
  },
);
