import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { HoldBanners } from "@/components/cases/hold-banners";
import { PurgeForm } from "@/components/students/purge-form";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { purgeDocumentsAction } from "../../../actions";
import { openStudent, StudentPage, studentHome } from "../../../student-page";
import { openDocumentPage } from "../open-document-page";

export const metadata: Metadata = { title: "Purge document" };

export default districtPage<"id" | "document">({ needs: "purge", tab: "students" }, async (place) => {
  const one = await openDocumentPage(place, { inBin: true });
  const page = await openStudent(place, place.params.id);
  if (!page.canPurge) notFound();
  const closeHref = studentHome(place, page.student.id);
  return (
    <>
      <StudentPage place={place} page={page} />
      {page.holds.length > 0 ? (
        <DialogPage title="Purge document" closeHref={closeHref} foot={<LinkButton href={closeHref}>Close</LinkButton>}>
          <HoldBanners
            holds={page.holds}
            what="student"
            listHref={page.canHold ? `/d/${place.district.slug}/admin/retention/holds` : null}
            zone={place.district.timeZone}
          />
        </DialogPage>
      ) : (
        <DialogPage title="Purge document" closeHref={closeHref} bare>
          <PurgeForm
            action={purgeDocumentsAction.bind(null, place.district.slug)}
            documents={[one]}
            student={page.student}
            closeHref={closeHref}
          />
        </DialogPage>
      )}
    </>
  );
});
