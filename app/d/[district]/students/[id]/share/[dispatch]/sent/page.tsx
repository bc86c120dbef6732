import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocumentsSentView } from "@/components/transfers/documents-sent-view";
import { getDistrict } from "@/lib/districts/get-district";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { districtPage } from "@/lib/web/page";

export const metadata: Metadata = { title: "Documents sent" };

/** What became of a transfer of documents that was just sent: delivered or held, and no more. */
export default districtPage<"id" | "dispatch">(
  { needs: "manageDocuments", tab: "students" },
  async ({ actor, doors, district, params }) => {
    if (!isId(params.id) || !isId(params.dispatch)) notFound();
    const { own, transfer } = await doors.district(async (tx) => {
      const { sent, student } = await getDocumentDispatch(tx, actor, { dispatchId: params.dispatch });
      if (!sent || student.id !== params.id) throw new DomainError("not-there");
      return {
        own: await getDistrict(tx, actor),
        transfer: await getDocumentTransfer(tx, actor, { transferId: sent }),
      };
    });
    const student = `/d/${district.slug}/students/${params.id}`;
    return (
      <DocumentsSentView
        transfer={transfer}
        own={{ name: own.name, note: own.stateName }}
        links={{
          transfer: `/d/${district.slug}/admin/requests/document-transfers/${transfer.id}`,
          student,
          students: `/d/${district.slug}/students`,
          page: `${student}/share/${params.dispatch}/sent`,
          progress: `${student}/share/${params.dispatch}/progress`,
        }}
        zone={district.timeZone}
      />
    );
  },
);
