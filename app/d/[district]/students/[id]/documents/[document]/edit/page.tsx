import type { Metadata } from "next";
import { DocumentForm } from "@/components/students/document-form";
import { DialogPage } from "@/components/ui/dialog-page";
import { listMemberOptions } from "@/lib/users/list-member-options";
import { districtPage } from "@/lib/web/page";
import { editDocumentAction, editOwnerAction } from "../../../actions";
import { openStudent, StudentPage } from "../../../student-page";
import { documentPlace, openDocumentPage } from "../open-document-page";

export const metadata: Metadata = { title: "Edit document" };

export default districtPage<"id" | "document">({ needs: "manageDocuments", tab: "students" }, async (place) => {
  const { doors, actor, district, params } = place;
  const one = await openDocumentPage(place);
  const page = await openStudent(place, params.id);
  const owners = await doors.district((tx) => listMemberOptions(tx, actor));
  const { href } = documentPlace(place, one);
  return (
    <>
      <StudentPage place={place} page={page} />
      <DialogPage title={one.received ? "Change owner" : "Edit document"} closeHref={href} bare>
        <DocumentForm
          action={(one.received ? editOwnerAction : editDocumentAction).bind(null, district.slug)}
          document={one}
          studentId={params.id}
          owners={owners}
          closeHref={href}
        />
      </DialogPage>
    </>
  );
});
