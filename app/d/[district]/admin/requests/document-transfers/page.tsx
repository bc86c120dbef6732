import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { DocumentsList } from "./documents-list";

export const metadata: Metadata = { title: "Document Transfers" };

export default districtPage(
  { needs: "manageDocuments", tab: "admin", node: "document-transfers" },
  ({ search, ...place }) => DocumentsList({ place, search }),
);
