import type { Metadata } from "next";
import { CancelDialog } from "@/components/transfers/decide-dialogs";
import { districtPage } from "@/lib/web/page";
import { cancelAction } from "../../actions";
import { findOver } from "../over";

export const metadata: Metadata = { title: "Cancel transfer" };

export default districtPage<"id">({ needs: "manageCases", tab: "admin", node: "case-transfers" }, async (page) => {
  const { found, behind, ...links } = await findOver(page, {
    side: "outgoing",
    open: (status) => status === "pending",
  });
  return (
    <>
      {behind}
      <CancelDialog {...links} transfer={found.transfer} action={cancelAction.bind(null, page.district.slug)} />
    </>
  );
});
