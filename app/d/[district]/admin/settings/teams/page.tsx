import type { Metadata } from "next";
import { listTeams } from "@/lib/districts/list-teams";
import { districtPage } from "@/lib/web/page";
import { TeamsHere } from "./teams-here";

export const metadata: Metadata = { title: "Teams" };

export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ search, ...place }) => {
    const teams = await place.doors.district((tx) => listTeams(tx, place.actor));
    return <TeamsHere place={place} teams={teams} result={search.did} />;
  },
);
