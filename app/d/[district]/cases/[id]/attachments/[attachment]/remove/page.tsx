import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DecideDialog } from "@/components/ui/decide-dialog";
import { findAttachment } from "@/lib/cases/find-attachment";
import { districtPage } from "@/lib/web/page";
import { removeAttachmentAction } from "../../../actions";
import { CasePage, casePlace, openCase } from "../../../case-page";

export const metadata: Metadata = { title: "Remove attachment" };

export default districtPage<"id" | "attachment">({ needs: "member", tab: "cases" }, async (place) => {
  const { doors, actor, params, district } = place;
  const file = await doors.district((tx) => findAttachment(tx, actor, { caseId: params.id, id: params.attachment }));
  if (!file?.removable) notFound();
  const closeHref = `${casePlace(place).home}/cases/${file.caseId}/attachments/${file.id}`;
  const view = await openCase(place, file.caseId);
  return (
    <>
      <CasePage place={place} view={view} />
      <DecideDialog
        title="Remove attachment"
        closeHref={closeHref}
        action={removeAttachmentAction.bind(null, district.slug)}
        fields={{ caseId: file.caseId, attachmentId: file.id }}
        note="This can’t be undone."
        button="Remove attachment"
      >
        <p>
          “<bdi>{file.name}</bdi>” goes for good, from the case and from the storage. What was sent to other districts
          before stays with them.
        </p>
      </DecideDialog>
    </>
  );
});
