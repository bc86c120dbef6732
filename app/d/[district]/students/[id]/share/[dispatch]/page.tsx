import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ShareView } from "@/components/transfers/share-view";
import { documentTypeNames } from "@/lib/documents/document-types";
import { isId } from "@/lib/is-id";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { districtPage } from "@/lib/web/page";
import { transferAction } from "./actions";

export const metadata: Metadata = { title: "Transfer to Another District" };

export default districtPage<"id" | "dispatch">(
  { needs: "manageDocuments", tab: "students" },
  async ({ actor, doors, district, params }) => {
    if (!isId(params.id) || !isId(params.dispatch)) notFound();
    const dispatch = await doors.district((tx) => getDocumentDispatch(tx, actor, { dispatchId: params.dispatch }));
    if (dispatch.student.id !== params.id) notFound();
    const home = `/d/${district.slug}`;
    if (dispatch.sent) redirect(`${home}/students/${params.id}/share/${dispatch.id}/sent`);
    return (
      <ShareView
        dispatch={dispatch}
        typeNames={documentTypeNames}
        action={transferAction.bind(null, district.slug)}
        draft={`share:${actor.membershipId}:${dispatch.id}`}
        links={{
          directory: `${home}/directory`,
          student: `${home}/students/${params.id}`,
          students: `${home}/students`,
          transfers: `${home}/admin/requests/document-transfers`,
        }}
        zone={district.timeZone}
      />
    );
  },
);
