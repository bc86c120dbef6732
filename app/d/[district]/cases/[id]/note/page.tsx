import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { NoteForm } from "@/components/cases/note-form";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { addNoteAction } from "../actions";
import { CasePage, casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Add note" };

export default districtPage<"id">({ needs: "member", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  const href = `${casePlace(place).home}/cases/${view.id}`;
  return (
    <>
      <CasePage place={place} view={view} />
      <DialogPage title="Add note" closeHref={href} bare>
        <NoteForm
          action={addNoteAction.bind(null, place.district.slug)}
          caseId={view.id}
          noteId={randomUUID()}
          draft={`note:${place.actor.membershipId}:${view.id}`}
          closeHref={href}
        />
      </DialogPage>
    </>
  );
});
