import type { Metadata } from "next";
import { PlaceHoldForm } from "@/components/admin/retention/hold-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { findHoldSubject } from "@/lib/students/find-hold-subject";
import { findHolds } from "@/lib/students/find-holds";
import { districtPage } from "@/lib/web/page";
import { placeHoldAction } from "../../actions";
import { retentionPath } from "../../paths";
import { HoldsHere } from "../holds-here";

export const metadata: Metadata = { title: "Place a legal hold" };

/** From a student's or case's page (`?student=`, `?case=`), or for whom somebody types. */
export default districtPage({ needs: "manageDistrict", tab: "admin", node: "retention" }, async (place) => {
  const { actor, doors, district, search } = place;
  const { on, standing } = await doors.district(async (tx) => {
    const found = await findHoldSubject(tx, actor, { studentId: search.student ?? null, caseId: search.case ?? null });
    return { on: found, standing: found ? await findHolds(tx, actor, found) : [] };
  });
  const closeHref = retentionPath(district.slug, "holds");
  return (
    <>
      {await HoldsHere({ place })}
      <DialogPage title="Place a legal hold" closeHref={closeHref} bare>
        <PlaceHoldForm
          action={placeHoldAction.bind(null, district.slug)}
          on={on}
          standing={standing}
          zone={district.timeZone}
          closeHref={closeHref}
        />
      </DialogPage>
    </>
  );
});
