import { answerRosterSearch } from "@/lib/web/roster-search";
import { districtRoute } from "@/lib/web/route";

/** Students for the type-ahead of **Link student**, each compared with whom the documents are about. By POST: names stay out of URLs. */
export const POST = districtRoute<"id">({ needs: "manageDocuments" }, async ({ doors }, request, { id: transferId }) =>
  answerRosterSearch(doors, request, { transferId, n: null }),
);
