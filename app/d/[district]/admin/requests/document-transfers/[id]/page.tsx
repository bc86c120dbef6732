import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { DocumentTransferPage, findDocumentTransfer } from "./document-page";

export const metadata: Metadata = { title: "Document transfer" };

export default districtPage<"id">(
  { needs: "manageDocuments", tab: "admin", node: "document-transfers" },
  async ({ params, search, ...place }) => (
    <DocumentTransferPage
      place={place}
      found={await findDocumentTransfer(place, params.id)}
      result={search.result ?? null}
    />
  ),
);
