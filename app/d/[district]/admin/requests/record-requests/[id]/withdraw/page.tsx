import type { Metadata } from "next";
import { WithdrawDialog } from "@/components/requests/decide-dialogs";
import { districtPage } from "@/lib/web/page";
import { withdrawRequestAction } from "../../actions";
import { recordRequestNeeds } from "../../paths";
import { findOver } from "../request-details";

export const metadata: Metadata = { title: "Withdraw request" };

export default districtPage<"id">(
  { needs: recordRequestNeeds, tab: "admin", node: "record-requests" },
  async (page) => {
    const { behind, ...over } = await findOver(page, "outgoing");
    return (
      <>
        {behind}
        <WithdrawDialog {...over} action={withdrawRequestAction.bind(null, page.district.slug)} />
      </>
    );
  },
);
