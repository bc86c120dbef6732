import type { Metadata } from "next";
import { RejectDialog } from "@/components/transfers/decide-dialogs";
import { districtPage } from "@/lib/web/page";
import { rejectAction } from "../../actions";
import { findOver } from "../over";

export const metadata: Metadata = { title: "Reject transfer" };

export default districtPage<"id">({ needs: "manageCases", tab: "admin", node: "case-transfers" }, async (page) => {
  const { found, behind, ...links } = await findOver(page, {
    side: "incoming",
    open: (status) => status === "pending" || status === "unlocked",
  });
  return (
    <>
      {behind}
      <RejectDialog
        {...links}
        transfer={found.transfer}
        action={rejectAction.bind(null, page.district.slug)}
        draft={`reject:${page.actor.membershipId}:${found.transfer.id}`}
      />
    </>
  );
});
