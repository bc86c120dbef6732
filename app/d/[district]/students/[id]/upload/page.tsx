import type { Metadata } from "next";
import { UploadDocuments } from "@/components/students/upload-documents";
import { DialogPage } from "@/components/ui/dialog-page";
import { LARGEST_FILE } from "@/lib/storage/file-types";
import { listMemberOptions } from "@/lib/users/list-member-options";
import { own } from "@/lib/web/own";
import { districtPage } from "@/lib/web/page";
import { openStudent, StudentPage, studentHome } from "../student-page";

export const metadata: Metadata = { title: "Upload documents" };

/** Why a form that was sent without script came back. */
const problems: Record<string, string> = {
  none: "Choose a file first.",
  empty: "The file is empty. Check it and add it again.",
  tooLarge: "The file is larger than 50 MB. Make it smaller or split it.",
  type: "The file isn’t what its name says. Add PDF, DOCX, PNG, JPEG or TXT files.",
  extension: "The file is of a kind that can’t be added. Add PDF, DOCX, PNG, JPEG or TXT files.",
  encrypted: "The file is protected with a password. Add it without.",
  truncated: "The file didn’t arrive whole. Add it again.",
  fields: "Check type, owner and date, then choose the files again.",
};

export default districtPage<"id">({ needs: "manageDocuments", tab: "students" }, async (place) => {
  const { doors, actor, district, search } = place;
  const page = await openStudent(place, place.params.id);
  const owners = await doors.district((tx) => listMemberOptions(tx, actor));
  const href = studentHome(place, page.student.id);
  const added = /^\d{1,2}$/.test(search.added ?? "") ? Number(search.added) : 0;
  const tooMany = search.problem === "tooMany" && `${added} files were added. Add the others in a second go.`;
  const problem = own(problems, search.problem);
  const before =
    added > 0 ? ` The ${added === 1 ? "file" : `${added} files`} before it ${added === 1 ? "was" : "were"} added.` : "";
  return (
    <>
      <StudentPage place={place} page={page} />
      <DialogPage title="Upload documents" closeHref={href} bare>
        <UploadDocuments
          url={`/api/districts/${district.slug}/students/${page.student.id}/documents`}
          closeHref={href}
          largest={LARGEST_FILE}
          owners={owners}
          ownerId={actor.membershipId ?? ""}
          problem={tooMany || (problem && problem + before)}
        />
      </DialogPage>
    </>
  );
});
