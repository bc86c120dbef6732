import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { AccountHere } from "./account-here";

export const metadata: Metadata = { title: "Your account" };

export default districtPage({ needs: "member", tab: null }, ({ search, ...place }) =>
  AccountHere({ place, result: search.did }),
);
