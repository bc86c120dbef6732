import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { retentionNeeds } from "./paths";
import { RetentionHere } from "./retention-here";

export const metadata: Metadata = { title: "Retention" };

export default districtPage({ needs: retentionNeeds, tab: "admin", node: "retention" }, (place) =>
  RetentionHere({ place, saved: place.search.saved ?? null }),
);
