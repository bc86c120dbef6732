"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { deleteDocuments } from "@/lib/documents/delete-documents";
import { documentTypes } from "@/lib/documents/document-types";
import { editDocument } from "@/lib/documents/edit-document";
import { findStudentPage } from "@/lib/documents/find-student-page";
import { moveDocument } from "@/lib/documents/move-document";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import { restoreDocuments } from "@/lib/documents/restore-documents";
import { DomainError } from "@/lib/errors";
import { plainName } from "@/lib/students/compare-identity";
import { districtAction } from "@/lib/web/action";
import { id, ids, optionalDay, optionalId, required, text } from "@/lib/web/forms";

/** Where somebody was faster, the page behind the form is read anew, so that it shows what they made of it and can be saved over. */
async function orFresh(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError && error.kind === "changed-meanwhile") refresh();
    throw error;
  }
}

const studentId = id();
const documentId = id();
const version = z.coerce.number().int().min(1).max(2_147_483_647);
const chosen = z.object({ studentId, document: ids(500) });

export const deleteDocumentsAction = districtAction(
  { needs: "manageDocuments", schema: chosen },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => deleteDocuments(tx, actor, { documentIds: input.document }));
    return { redirect: `/d/${district.slug}/students/${input.studentId}?deleted=${input.document[0]}` };
  },
);

export const restoreDocumentsAction = districtAction(
  { needs: "manageDocuments", schema: chosen },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => restoreDocuments(tx, actor, { documentIds: input.document }));
    return { redirect: `/d/${district.slug}/students/${input.studentId}` };
  },
);

const facts = z.object({
  studentId,
  documentId,
  version,
  title: required(255, "Type a title."),
  type: z.enum(documentTypes, "Choose the type."),
  datedOn: optionalDay,
  ownerId: optionalId,
});

export const editDocumentAction = districtAction(
  { needs: "manageDocuments", schema: facts },
  async ({ doors, actor, district }, { title, type, datedOn, ...input }) => {
    await orFresh(
      doors.district((tx) =>
        editDocument(tx, actor, {
          id: input.documentId,
          version: input.version,
          ownerId: input.ownerId,
          facts: { title, type, datedOn },
        }),
      ),
    );
    return { redirect: `/d/${district.slug}/students/${input.studentId}/documents/${input.documentId}` };
  },
);

/** Of a document that came from another district: who owns it here. */
export const editOwnerAction = districtAction(
  { needs: "manageDocuments", schema: z.object({ studentId, documentId, version, ownerId: optionalId }) },
  async ({ doors, actor, district }, input) => {
    await orFresh(
      doors.district((tx) =>
        editDocument(tx, actor, {
          id: input.documentId,
          version: input.version,
          ownerId: input.ownerId,
          facts: null,
        }),
      ),
    );
    return { redirect: `/d/${district.slug}/students/${input.studentId}/documents/${input.documentId}` };
  },
);

export const moveDocumentAction = districtAction(
  { needs: "manageDocuments", schema: z.object({ documentId, version, studentId: id("Choose the student.") }) },
  async ({ doors, actor, district }, input) => {
    await orFresh(
      doors.district((tx) =>
        moveDocument(tx, actor, { id: input.documentId, version: input.version, studentId: input.studentId }),
      ),
    );
    return { redirect: `/d/${district.slug}/students/${input.studentId}` };
  },
);

const purge = z.object({
  studentId,
  document: ids(500),
  reason: required(1_000, "Type why it’s destroyed. The certificate says so."),
  confirm: text(200),
});

export const purgeDocumentsAction = districtAction(
  { needs: "purge", fresh: true, schema: purge },
  async ({ doors, actor, district }, input) => {
    const page = await doors.district((tx) => findStudentPage(tx, actor, input.studentId));
    const theirs = page ? [...page.documents, ...page.bin].map((one) => one.id) : [];
    if (!page || input.document.some((one) => !theirs.includes(one))) throw new DomainError("not-there");
    const typed = plainName(input.confirm);
    const asked = [page.student.familyName, page.student.sisId].map(plainName).filter(Boolean);
    if (!asked.includes(typed)) throw new DomainError("purge-unconfirmed", { field: "confirm" });
    const { certificates } = await purgeDocuments(doors, { documentIds: input.document, reason: input.reason });
    const certificate = certificates.find((one) => one.studentId === input.studentId) ?? certificates[0];
    return {
      redirect: `/d/${district.slug}/students/${certificate?.studentId ?? input.studentId}/certificates/${certificate?.id}`,
    };
  },
);
