import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { recordRequestNeeds } from "./paths";
import { RecordRequestsList } from "./record-requests-list";

export const metadata: Metadata = { title: "Record Requests" };

export default districtPage(
  { needs: recordRequestNeeds, tab: "admin", node: "record-requests" },
  ({ search, ...place }) => RecordRequestsList({ place, search }),
);
