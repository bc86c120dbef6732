import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { recordRequestNeeds } from "../paths";
import { findRequest, RequestPage } from "./request-details";

export const metadata: Metadata = { title: "Record request" };

export default districtPage<"id">(
  { needs: recordRequestNeeds, tab: "admin", node: "record-requests" },
  async ({ params, search, ...place }) => RequestPage({ place, request: await findRequest(place, params.id), search }),
);
