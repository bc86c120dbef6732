import type { Metadata } from "next";
import { UploadDocuments } from "@/components/students/upload-documents";
import { DialogPage } from "@/components/ui/dialog-page";
import { listMemberOptions } from "@/lib/users/list-member-options";
import { districtPage } from "@/lib/web/page";
import { uploadRules } from "@/lib/web/upload-rules";
import { openStudent, StudentPage, studentHome } from "../student-page";

export const metadata: Metadata = { title: "Upload documents" };

export default districtPage<"id">({ needs: "manageDocuments", tab: "students" }, async (place) => {
  const { doors, actor, district, search } = place;
  const page = await openStudent(place, place.params.id);
  const owners = await doors.district((tx) => listMemberOptions(tx, actor));
  const href = studentHome(place, page.student.id);
  return (
    <>
      <StudentPage place={place} page={page} />
      <DialogPage title="Upload documents" closeHref={href} bare>
        <UploadDocuments
          url={`/api/districts/${district.slug}/students/${page.student.id}/documents`}
          closeHref={href}
          owners={owners}
          ownerId={actor.membershipId ?? ""}
          {...uploadRules(search)}
        />
      </DialogPage>
    </>
  );
});
