import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoticeDialog } from "@/components/transfers/notice-dialog";
import { districtPage } from "@/lib/web/page";
import { noticeAction } from "../../actions";
import { documentsPath } from "../../paths";
import { DocumentTransferPage, findDocumentTransfer } from "../document-page";

export const metadata: Metadata = { title: "Parent notice" };

export default districtPage<"id">(
  { needs: "manageDocuments", tab: "admin", node: "document-transfers" },
  async ({ params, search: _, ...place }) => {
    const found = await findDocumentTransfer(place, params.id);
    const closeHref = documentsPath(place.district.slug, found.transfer.id);
    if (!found.transfer.takesNotice) redirect(closeHref);
    return (
      <>
        <DocumentTransferPage place={place} found={found} />
        <NoticeDialog
          transfer={found.transfer}
          action={noticeAction.bind(null, place.district.slug)}
          closeHref={closeHref}
        />
      </>
    );
  },
);
