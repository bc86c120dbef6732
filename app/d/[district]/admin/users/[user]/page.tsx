import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { districtPage } from "@/lib/web/page";
import { findUserHere, UserHere } from "./user-here";

export const metadata: Metadata = { title: "User" };

export default districtPage<"user">(
  { needs: "manageDistrict", tab: "admin", node: "users" },
  async ({ params, search, ...place }) => {
    const user = await findUserHere(place, params.user);
    if (!user) notFound();
    return <UserHere place={place} user={user} result={search.did} />;
  },
);
