import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { HeldView } from "@/components/transfers/held-view";
import { getHeld } from "@/lib/transfers/get-held";
import { districtPage } from "@/lib/web/page";
import { linkAction } from "../../actions";
import { documentsPath } from "../../paths";
import { documentCrumbs, findDocumentTransfer } from "../document-page";

export const metadata: Metadata = { title: "Link student" };

/** Whom a held transfer is about, beside the own roster. Opening it is a disclosure, which is recorded. */
export default districtPage<"id">(
  { needs: "manageDocuments", tab: "admin", whole: true },
  async ({ params, search: _, ...place }) => {
    const { transfer } = await findDocumentTransfer(place, params.id);
    const { slug } = place.district;
    if (transfer.side !== "incoming") notFound();
    const page = documentsPath(slug, transfer.id);
    const held = transfer.status === "held" ? await getHeld(place.doors, { transferId: transfer.id }) : null;
    if (!held) redirect(page);
    return (
      <HeldView
        held={held}
        transfer={transfer}
        action={linkAction.bind(null, slug)}
        draft={`link:${place.actor.membershipId}:${transfer.id}`}
        crumbs={documentCrumbs(slug)}
        links={{
          transfer: page,
          students: documentsPath(slug, transfer.id, "link", "students"),
          return: `${documentsPath(slug, transfer.id, "return")}?from=transfer`,
        }}
      />
    );
  },
);
