import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { retentionNeeds } from "../paths";
import { HoldsHere } from "./holds-here";

export const metadata: Metadata = { title: "Legal holds" };

export default districtPage({ needs: retentionNeeds, tab: "admin", node: "retention" }, (place) =>
  HoldsHere({ place }),
);
