import { LinkButton } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** Adds to a case's history, inside a dialog. `noteId` is the id of the note to be: a second click makes no second note. */
export function NoteForm({
  action,
  caseId,
  noteId,
  draft,
  closeHref,
}: {
  action: FormAction;
  caseId: string;
  noteId: string;
  draft: string;
  closeHref: string;
}) {
  return (
    <ActionForm
      action={action}
      draft={draft}
      warnUnsaved
      foot={
        <>
          <p className="small dim">A note can’t be changed afterwards.</p>
          <LinkButton href={closeHref} scroll={false}>
            Close
          </LinkButton>
          <SubmitButton>Add note</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="caseId" value={caseId} />
      <input type="hidden" name="noteId" value={noteId} />
      <TextArea
        name="body"
        label="Note"
        hint="What happened, who took part, what was agreed"
        limit={10_000}
        rows={10}
        dir="auto"
      />
    </ActionForm>
  );
}
