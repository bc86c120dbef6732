import { notFound } from "next/navigation";
import { type CasePlace, CaseView } from "@/components/cases/case-view";
import { findCase, type CaseView as View } from "@/lib/cases/find-case";
import type { Place } from "@/lib/web/guard";
import { chooseCasesAction } from "../choose-cases-action";
import { tickTaskAction } from "./actions";

/** The case of the URL, opened and so written to the audit log; *not there* for whoever doesn't see it. */
export async function openCase(
  { doors, actor }: Place,
  caseId: string,
  purpose: "read" | "print" = "read",
): Promise<View> {
  const view = await doors.district((tx) => findCase(tx, actor, caseId, purpose));
  return view ?? notFound();
}

export function casePlace({ district }: Place): CasePlace {
  return { home: `/d/${district.slug}`, files: `/api/districts/${district.slug}/attachments`, zone: district.timeZone };
}

/** The case's page; its dialogs stand after it. */
export function CasePage({ place, view }: { place: Place; view: View }) {
  return (
    <CaseView
      view={view}
      place={casePlace(place)}
      chooseAction={chooseCasesAction.bind(null, place.district.slug)}
      tickAction={tickTaskAction.bind(null, place.district.slug)}
    />
  );
}
