import { openAttachment } from "@/lib/cases/open-attachment";
import { fileResponse, wantsPreview } from "@/lib/web/file-response";
import { districtRoute } from "@/lib/web/route";

/** An attachment's bytes: a download, or with `?preview=1` what the browser can show by itself. Audited before the first byte leaves. */
export const GET = districtRoute<"id">({ needs: "member" }, async ({ doors }, request, { id }) => {
  const preview = wantsPreview(request);
  return fileResponse(await openAttachment(doors, { id, purpose: preview ? "preview" : "download" }), preview);
});
