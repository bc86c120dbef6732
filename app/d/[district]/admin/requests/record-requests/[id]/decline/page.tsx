import type { Metadata } from "next";
import { DeclineDialog } from "@/components/requests/decide-dialogs";
import { districtPage } from "@/lib/web/page";
import { declineRequestAction } from "../../actions";
import { recordRequestNeeds } from "../../paths";
import { findOver } from "../request-details";

export const metadata: Metadata = { title: "Decline request" };

export default districtPage<"id">(
  { needs: recordRequestNeeds, tab: "admin", node: "record-requests" },
  async (page) => {
    const { behind, ...over } = await findOver(page, "incoming");
    return (
      <>
        {behind}
        <DeclineDialog
          {...over}
          action={declineRequestAction.bind(null, page.district.slug)}
          draft={`decline:${page.actor.membershipId}:${over.request.id}`}
        />
      </>
    );
  },
);
