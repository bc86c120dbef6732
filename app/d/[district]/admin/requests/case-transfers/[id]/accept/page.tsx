import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AcceptForm } from "@/components/transfers/accept-form";
import { acceptObstacle } from "@/components/transfers/accept-obstacle";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { acceptAction } from "../../actions";
import { findOver } from "../over";

export const metadata: Metadata = { title: "Accept transfer" };

/** The dialog for the authorization code. */
export default districtPage<"id">({ needs: "manageCases", tab: "admin", node: "case-transfers" }, async (page) => {
  const { found, behind, ...links } = await findOver(page, { side: "incoming" });
  const { transfer } = found;
  if (transfer.status === "unlocked") redirect(`${links.transferHref}/details`);
  return (
    <>
      {behind}
      <DialogPage
        title={
          <>
            Accept <span className="id">{transfer.reference}</span>
          </>
        }
        closeHref={links.closeHref}
        bare
      >
        <AcceptForm
          {...links}
          action={acceptAction.bind(null, page.district.slug)}
          transfer={{
            id: transfer.id,
            cases: transfer.items,
            otherDistrict: transfer.otherDistrict,
            otherState: transfer.otherState,
            status: transfer.status,
            createdAt: transfer.createdAt,
            sentAt: transfer.sentAt,
            unlockedAt: transfer.unlockedAt,
            decidedAt: transfer.decidedAt,
            expiresAt: transfer.expiresAt,
            triesLeft: transfer.triesLeft ?? 0,
            contact: transfer.contact,
          }}
          obstacle={acceptObstacle(transfer)}
          zone={page.district.timeZone}
        />
      </DialogPage>
    </>
  );
});
