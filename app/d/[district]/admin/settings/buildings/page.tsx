import type { Metadata } from "next";
import { listBuildings } from "@/lib/districts/list-buildings";
import { districtPage } from "@/lib/web/page";
import { BuildingsHere } from "./buildings-here";

export const metadata: Metadata = { title: "Buildings" };

export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ search, ...place }) => {
    const buildings = await place.doors.district((tx) => listBuildings(tx, place.actor));
    return <BuildingsHere place={place} buildings={buildings} result={search.did} />;
  },
);
