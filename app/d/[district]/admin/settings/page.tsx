import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { SettingsHere } from "./settings-here";

export const metadata: Metadata = { title: "Settings" };

export default districtPage({ needs: "manageDistrict", tab: "admin", node: "settings" }, ({ search, ...place }) =>
  SettingsHere({ place, said: search.did ?? null }),
);
