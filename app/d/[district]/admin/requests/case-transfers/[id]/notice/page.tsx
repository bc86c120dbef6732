import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoticeDialog } from "@/components/transfers/notice-dialog";
import { districtPage } from "@/lib/web/page";
import { noticeAction } from "../../actions";
import { findOver } from "../over";

export const metadata: Metadata = { title: "Parent notice" };

export default districtPage<"id">({ needs: "manageCases", tab: "admin", node: "case-transfers" }, async (page) => {
  const { found, behind, closeHref, transferHref } = await findOver(page, { side: "outgoing" });
  if (!found.transfer.takesNotice) redirect(transferHref);
  return (
    <>
      {behind}
      <NoticeDialog
        transfer={found.transfer}
        action={noticeAction.bind(null, page.district.slug)}
        closeHref={closeHref}
      />
    </>
  );
});
