import type { Metadata } from "next";
import { UploadForm } from "@/components/cases/upload-form";
import { DialogPage } from "@/components/ui/dialog-page";
import { LARGEST_FILE } from "@/lib/storage/file-types";
import { districtPage } from "@/lib/web/page";
import { CasePage, casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Add attachments" };

/** Why a form that was sent without script came back. */
const problems: Record<string, string> = {
  none: "Choose a file first.",
  empty: "The file is empty. Check it and add it again.",
  tooLarge: "The file is larger than 50 MB. Make it smaller or split it.",
  type: "The file isn’t what its name says. Add PDF, DOCX, PNG, JPEG or TXT files.",
  extension: "The file is of a kind that can’t be added. Add PDF, DOCX, PNG, JPEG or TXT files.",
  encrypted: "The file is protected with a password. Add it without.",
  truncated: "The file didn’t arrive whole. Add it again.",
};

export default districtPage<"id">({ needs: "member", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  const href = `${casePlace(place).home}/cases/${view.id}`;
  const added = /^\d{1,2}$/.test(place.search.added ?? "") ? Number(place.search.added) : 0;
  const tooMany = place.search.problem === "tooMany" && `${added} files were added. Add the others in a second go.`;
  const problem = problems[place.search.problem ?? ""];
  const before =
    added > 0 ? ` The ${added === 1 ? "file" : `${added} files`} before it ${added === 1 ? "was" : "were"} added.` : "";
  return (
    <>
      <CasePage place={place} view={view} />
      <DialogPage title="Add attachments" closeHref={href} bare>
        <UploadForm
          url={`/api/districts/${place.district.slug}/cases/${view.id}/attachments`}
          closeHref={href}
          largest={LARGEST_FILE}
          problem={tooMany || (problem && problem + before)}
        />
      </DialogPage>
    </>
  );
});
