import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { findTransfer, TransferPage } from "./transfer-details";

export const metadata: Metadata = { title: "Transfer" };

export default districtPage<"id">(
  { needs: "manageCases", tab: "admin", node: "case-transfers" },
  async ({ params, search, ...place }) =>
    TransferPage({ place, found: await findTransfer(place, params.id), result: search.result ?? null }),
);
