import type { Metadata } from "next";
import { UploadForm } from "@/components/cases/upload-form";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { uploadRules } from "@/lib/web/upload-rules";
import { CasePage, casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Add attachments" };

export default districtPage<"id">({ needs: "member", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  const href = `${casePlace(place).home}/cases/${view.id}`;
  return (
    <>
      <CasePage place={place} view={view} />
      <DialogPage title="Add attachments" closeHref={href} bare>
        <UploadForm
          url={`/api/districts/${place.district.slug}/cases/${view.id}/attachments`}
          closeHref={href}
          {...uploadRules(place.search)}
        />
      </DialogPage>
    </>
  );
});
