import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AttachmentPreview } from "@/components/cases/attachment-preview";
import { findAttachment } from "@/lib/cases/find-attachment";
import { openAttachment } from "@/lib/cases/open-attachment";
import { readText } from "@/lib/cases/read-text";
import { districtPage } from "@/lib/web/page";
import { casePlace } from "../../case-page";

export const metadata: Metadata = { title: "Attachment" };

/** Of a text file so much is shown; the rest is in the download. */
const mostText = 512 * 1024;

export default districtPage<"id" | "attachment">({ needs: "member", tab: "cases" }, async (place) => {
  const { doors, actor, params } = place;
  const file = await doors.district((tx) => findAttachment(tx, actor, { caseId: params.id, id: params.attachment }));
  if (!file) notFound();
  const text =
    file.mediaType === "text/plain" && !file.block
      ? await readText((await openAttachment(doors, { id: file.id, purpose: "preview" })).stream, mostText)
      : null;
  return <AttachmentPreview file={file} text={text} place={casePlace(place)} />;
});
