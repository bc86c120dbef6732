import { notFound } from "next/navigation";
import { type DocumentSort, documentSorts } from "@/components/students/document-sorts";
import { StudentView } from "@/components/students/student-view";
import { dayIn } from "@/lib/districts/day-text";
import { findStudentPage, type StudentPage as Page } from "@/lib/documents/find-student-page";
import { listAskedOfUs, type RequestAbout, requestsAbout } from "@/lib/requests/list-requests-about";
import type { PageContext } from "@/lib/web/page";
import { deleteDocumentsAction, restoreDocumentsAction } from "./actions";
import { chooseDocumentsAction } from "./share-actions";

type Opened = Page & { requests: RequestAbout[] };

/** The student of the URL, opened and so written to the audit log; *not there* for whoever doesn't see them. */
export async function openStudent({ doors, actor }: PageContext<"id">, studentId: string): Promise<Opened> {
  const page = await doors.district(async (tx) => {
    const found = await findStudentPage(tx, actor, studentId);
    return found && { found, asked: await listAskedOfUs(tx, actor, found.student.id) };
  });
  if (!page) notFound();
  return { ...page.found, requests: requestsAbout(page.asked) };
}

export const studentHome = ({ district }: Pick<PageContext<"id">, "district">, studentId: string): string =>
  `/d/${district.slug}/students/${studentId}`;

/** The student's page; its dialogs stand after it. */
export function StudentPage({ place, page }: { place: PageContext<"id">; page: Opened }) {
  const { slug, timeZone } = place.district;
  const deleted = place.search.deleted ?? null;
  return (
    <StudentView
      page={page}
      home={`/d/${slug}`}
      requests={page.requests}
      today={dayIn(timeZone, new Date())}
      justDeleted={deleted}
      place={{
        href: studentHome(place, page.student.id),
        files: `/api/districts/${slug}/documents`,
        zone: timeZone,
        studentId: page.student.id,
        sort: parseSort(place.search.sort),
        shareAction: chooseDocumentsAction.bind(null, slug),
        deleteAction: deleteDocumentsAction.bind(null, slug),
        restoreAction: restoreDocumentsAction.bind(null, slug),
        canManage: page.canManage,
        canPurge: page.canPurge,
      }}
    />
  );
}

/** The newest first, where the URL says nothing that it understands. */
function parseSort(text = ""): DocumentSort {
  const [name, way] = text.split(".");
  const by = documentSorts.find((one) => one === name);
  return by ? { by, descending: way === "down" } : { by: "date", descending: true };
}
