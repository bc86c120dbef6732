import type { Metadata } from "next";
import { chooseCasesAction } from "@/app/d/[district]/cases/choose-cases-action";
import { DepartedView } from "@/components/admin/departed-view";
import { may } from "@/lib/policy";
import { departedPerPage, listDeparted } from "@/lib/roster/list-departed";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";

export const metadata: Metadata = { title: "Departed students" };

/** Students who left the roster with an open case, each one click from **Transfer to District**. */
export default districtPage(
  { needs: ["manageCases", "manageDistrict"], tab: "admin", node: "departed" },
  async ({ actor, doors, district, search }) => {
    const found = await doors.district((tx) =>
      listDeparted(tx, actor, { page: Number.parseInt(search.page ?? "1", 10) || 1 }),
    );
    return (
      <DepartedView
        crumbs={adminCrumbs(district.slug, "district")}
        found={found}
        perPage={departedPerPage}
        base={`/d/${district.slug}/admin/roster/departed`}
        casesHref={`/d/${district.slug}/cases`}
        transferAction={may(actor, "manageCases") ? chooseCasesAction.bind(null, district.slug) : null}
      />
    );
  },
);
