import { notFound } from "next/navigation";
import { DocumentTransferView } from "@/components/transfers/document-transfer-view";
import { type DistrictView, getDistrict } from "@/lib/districts/get-district";
import { documentTypeNames } from "@/lib/documents/document-types";
import { isId } from "@/lib/is-id";
import { may } from "@/lib/policy";
import { type DocumentTransfer, getDocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { redoAction } from "../actions";
import { documentsPath } from "../paths";

type Found = { transfer: DocumentTransfer; own: DistrictView };

/** A document transfer with what its pages need of the own district. Not there: not found. */
export async function findDocumentTransfer({ actor, doors }: Place, transferId: string): Promise<Found> {
  if (!isId(transferId)) notFound();
  return doors.district(async (tx) => ({
    transfer: await getDocumentTransfer(tx, actor, { transferId }),
    own: await getDistrict(tx, actor),
  }));
}

/** The path above the title. */
export const documentCrumbs = (slug: string) => [
  ...adminCrumbs(slug, "requests"),
  { label: "Document Transfers", href: documentsPath(slug) },
];

/** The details page, and what its dialogs stand over when they're opened from there. */
export function DocumentTransferPage({
  place,
  found: { transfer, own },
  result = null,
}: {
  place: Place;
  found: Found;
  result?: string | null;
}) {
  const { district, actor } = place;
  const { slug } = district;
  const home = `/d/${slug}`;
  return (
    <DocumentTransferView
      transfer={transfer}
      result={result}
      own={{ name: own.name, stateName: own.stateName }}
      crumbs={documentCrumbs(slug)}
      links={{
        dialog: (name) => documentsPath(slug, transfer.id, name) + (name === "link" ? "" : "?from=transfer"),
        transfers: documentsPath(slug),
        requests: `${home}/admin/requests/record-requests`,
        student: (id) => `${home}/students/${id}`,
        document: (student, document) => `${home}/students/${student}/documents/${document}`,
      }}
      redoAction={redoAction.bind(null, slug)}
      mayPurge={may(actor, "purge")}
      typeNames={documentTypeNames}
      zone={district.timeZone}
    />
  );
}
