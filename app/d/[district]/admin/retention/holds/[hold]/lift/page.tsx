import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LiftHoldForm } from "@/components/admin/retention/hold-forms";
import { DialogPage } from "@/components/ui/dialog-page";
import { findHold } from "@/lib/students/list-holds";
import { districtPage } from "@/lib/web/page";
import { liftHoldAction } from "../../../actions";
import { retentionPath } from "../../../paths";
import { HoldsHere } from "../../holds-here";

export const metadata: Metadata = { title: "Lift the legal hold" };

export default districtPage<"hold">(
  { needs: "manageDistrict", tab: "admin", node: "retention" },
  async ({ params, ...place }) => {
    const { actor, doors, district } = place;
    const hold = await doors.district((tx) => findHold(tx, actor, params.hold));
    if (!hold) notFound();
    const closeHref = retentionPath(district.slug, "holds");
    if (hold.lifted) redirect(`${closeHref}?show=lifted`);
    return (
      <>
        {await HoldsHere({ place })}
        <DialogPage title="Lift the legal hold" closeHref={closeHref} bare>
          <LiftHoldForm action={liftHoldAction.bind(null, district.slug)} hold={hold} closeHref={closeHref} />
        </DialogPage>
      </>
    );
  },
);
