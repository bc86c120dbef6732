import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SwitchOffDialog } from "@/components/transfers/decide-dialogs";
import { getDistrict } from "@/lib/districts/get-district";
import { countPending } from "@/lib/districts/switch-case-transfers";
import { districtPage } from "@/lib/web/page";
import { listQuery } from "../../transfer-lists";
import { switchAction } from "../actions";
import { requestsPath } from "../paths";
import { RequestsList } from "../requests-list";

export const metadata: Metadata = { title: "Switch case transfers off" };

/** Says how many pending transfers will wait, before the switch goes off. */
export default districtPage(
  { needs: "manageCases", tab: "admin", node: "case-transfers" },
  async ({ search, ...place }) => {
    const { actor, doors, district } = place;
    const { own, pending } = await doors.district(async (tx) => ({
      own: await getDistrict(tx, actor),
      pending: await countPending(tx, actor),
    }));
    const closeHref = requestsPath(district.slug) + listQuery("cases", search);
    if (!own.caseTransfersOn) redirect(closeHref);
    return (
      <>
        {await RequestsList({ place, search })}
        <SwitchOffDialog action={switchAction.bind(null, district.slug)} pending={pending} closeHref={closeHref} />
      </>
    );
  },
);
