import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DisableDocumentsDialog } from "@/components/admin/disable-documents-dialog";
import { getDistrict } from "@/lib/districts/get-district";
import { countWaitingDocuments } from "@/lib/districts/switch-document-transfers";
import { districtPage } from "@/lib/web/page";
import { switchDocumentsAction } from "../actions";
import { SettingsHere } from "../settings-here";

export const metadata: Metadata = { title: "Disable District-to-District Transfer" };

/** Says how many document transfers will wait, before they're disabled. */
export default districtPage({ needs: "manageDistrict", tab: "admin", node: "settings" }, async (place) => {
  const { actor, doors, district } = place;
  const { own, waiting } = await doors.district(async (tx) => ({
    own: await getDistrict(tx, actor),
    waiting: await countWaitingDocuments(tx, actor),
  }));
  const closeHref = `/d/${district.slug}/admin/settings`;
  if (own.documentsOff) redirect(closeHref);
  return (
    <>
      {await SettingsHere({ place })}
      <DisableDocumentsDialog
        action={switchDocumentsAction.bind(null, district.slug)}
        waiting={waiting}
        closeHref={closeHref}
      />
    </>
  );
});
