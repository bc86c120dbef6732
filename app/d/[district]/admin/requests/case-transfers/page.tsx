import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { RequestsList } from "./requests-list";

export const metadata: Metadata = { title: "Case Transfer Requests" };

export default districtPage({ needs: "manageCases", tab: "admin", node: "case-transfers" }, ({ search, ...place }) =>
  RequestsList({ place, search }),
);
