import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
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
      <DialogPage title="Remove attachment" closeHref={closeHref} bare>
        <ActionForm
          action={removeAttachmentAction.bind(null, district.slug)}
          foot={
            <>
              <p className="small dim">This can’t be undone.</p>
              <LinkButton data-autofocus href={closeHref}>
                Keep it
              </LinkButton>
              <SubmitButton variant="stop">Remove attachment</SubmitButton>
            </>
          }
        >
          <input type="hidden" name="caseId" value={file.caseId} />
          <input type="hidden" name="attachmentId" value={file.id} />
          <p>
            “<bdi>{file.name}</bdi>” goes for good, from the case and from the storage. What was sent to other districts
            before stays with them.
          </p>
        </ActionForm>
      </DialogPage>
    </>
  );
});
