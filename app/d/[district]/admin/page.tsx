import type { Metadata } from "next";
import { AdminOverview } from "@/components/admin/admin-overview";
import { PageHead } from "@/components/ui/page-head";
import { countWaiting } from "@/lib/districts/count-waiting";
import { adminGroups, adminNeeds } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";

export const metadata: Metadata = { title: "Admin" };

export default districtPage({ needs: adminNeeds, tab: "admin" }, async ({ actor, district, doors }) => {
  const waiting = await doors.district((tx) => countWaiting(tx, actor));
  return (
    <>
      <PageHead title="Admin" note={district.name} />
      <AdminOverview groups={adminGroups(actor, district.slug, waiting)} />
    </>
  );
});
