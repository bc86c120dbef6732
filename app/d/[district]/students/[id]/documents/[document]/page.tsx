import type { Metadata } from "next";
import { DocumentPreview } from "@/components/students/document-preview";
import { readText } from "@/lib/cases/read-text";
import { openDocument } from "@/lib/documents/open-document";
import { may } from "@/lib/policy";
import { findStudentName } from "@/lib/students/find-student-name";
import { districtPage } from "@/lib/web/page";
import { deleteDocumentsAction } from "../../actions";
import { documentPlace, openDocumentPage } from "./open-document-page";

export const metadata: Metadata = { title: "Document" };

/** Of a text file so much is shown; the rest is in the download. */
const mostText = 512 * 1024;

export default districtPage<"id" | "document">({ needs: "member", tab: "students" }, async (place) => {
  const { doors, actor, params, district } = place;
  const one = await openDocumentPage(place);
  const student = await doors.district((tx) => findStudentName(tx, params.id));
  const text =
    one.mediaType === "text/plain" && !one.block
      ? await readText((await openDocument(doors, { id: one.id, purpose: "preview" })).stream, mostText)
      : null;
  return (
    <DocumentPreview
      document={one}
      student={student}
      text={text}
      place={documentPlace(place, one)}
      studentId={params.id}
      canManage={may(actor, "manageDocuments")}
      canPurge={may(actor, "manageDocuments") && may(actor, "purge")}
      deleteAction={deleteDocumentsAction.bind(null, district.slug)}
    />
  );
});
