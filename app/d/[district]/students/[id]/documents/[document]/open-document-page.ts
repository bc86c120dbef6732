import { notFound } from "next/navigation";
import type { DocumentPlace } from "@/components/students/document-preview";
import { type DocumentView, findDocument } from "@/lib/documents/find-document";
import type { PageContext } from "@/lib/web/page";
import { studentHome } from "../../student-page";

/** The document of the URL; *not there* for whoever doesn't see it, and in the bin for everything but a purge. */
export async function openDocumentPage(
  { doors, actor, params }: PageContext<"id" | "document">,
  options: { inBin?: boolean } = {},
): Promise<DocumentView> {
  const found = await doors.district((tx) => findDocument(tx, actor, { studentId: params.id, id: params.document }));
  return found && (options.inBin || !found.deleted) ? found : notFound();
}

/** Where a document's pages lead. */
export function documentPlace(place: PageContext<"id" | "document">, one: DocumentView): DocumentPlace {
  const student = studentHome(place, place.params.id);
  return {
    student,
    href: `${student}/documents/${one.id}`,
    file: `/api/districts/${place.district.slug}/documents/${one.id}`,
    zone: place.district.timeZone,
  };
}
