import type { Metadata } from "next";
import { districtPage } from "@/lib/web/page";
import { UsersHere } from "./users-here";

export const metadata: Metadata = { title: "Users" };

export default districtPage({ needs: "manageDistrict", tab: "admin", node: "users" }, ({ search, ...place }) =>
  UsersHere({ place, search }),
);
