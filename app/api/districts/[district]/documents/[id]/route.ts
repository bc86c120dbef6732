import { openDocument } from "@/lib/documents/open-document";
import { fileResponse, wantsPreview } from "@/lib/web/file-response";
import { districtRoute } from "@/lib/web/route";

/** A document's bytes: a download, or with `?preview=1` what the browser can show by itself. Audited before the first byte leaves. */
export const GET = districtRoute<"id">({ needs: "member" }, async ({ doors }, request, { id }) => {
  const preview = wantsPreview(request);
  return fileResponse(await openDocument(doors, { id, purpose: preview ? "preview" : "download" }), preview);
});
