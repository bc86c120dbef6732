import type { Metadata } from "next";
import { AdminOverview } from "@/components/admin/admin-overview";
import { SetupList } from "@/components/admin/setup-list";
import { PageHead } from "@/components/ui/page-head";
import { countWaiting } from "@/lib/districts/count-waiting";
import { getSetup } from "@/lib/districts/get-setup";
import { may } from "@/lib/policy";
import { adminGroups, adminNeeds } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";
import { hideSetupAction } from "./actions";

export const metadata: Metadata = { title: "Admin" };

export default districtPage({ needs: adminNeeds, tab: "admin" }, async ({ actor, district, doors }) => {
  const { waiting, setup } = await doors.district(async (tx) => ({
    waiting: await countWaiting(tx, actor),
    setup: may(actor, "manageDistrict") ? await getSetup(tx, actor) : null,
  }));
  return (
    <>
      <PageHead title="Admin" note={district.name} />
      {setup && (
        <SetupList
          setup={setup}
          base={`/d/${district.slug}/admin`}
          mayCases={may(actor, "manageCases")}
          hideAction={hideSetupAction.bind(null, district.slug)}
        />
      )}
      <AdminOverview groups={adminGroups(actor, district.slug, waiting)} />
    </>
  );
});
