import { count } from "@/components/admin/import-words";
import { Checkbox } from "@/components/ui/choice";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ImportView } from "@/lib/roster/list-imports";

/** Apply or discard; a held one is applied once who decides has ticked what it means. */
export function ImportDecision({
  view,
  applyAction,
  discardAction,
}: {
  view: ImportView;
  /** Null while there's nothing to apply yet. */
  applyAction: FormAction | null;
  discardAction: FormAction;
}) {
  const { counts } = view;
  const students = counts.added + counts.changed + counts.returned + counts.leaving;
  return (
    <div className="btns items-end">
      {applyAction && (
        <ActionForm id="apply" action={applyAction} className={view.status === "held" ? "stack" : undefined}>
          <input type="hidden" name="import" value={view.id} />
          {view.status === "held" && (
            <Checkbox
              name="confirmed"
              label={`These ${count(counts.leaving, "student")} have left the district`}
              hint="They become inactive. Nothing of theirs is deleted, and open cases show under Departed students."
            />
          )}
          <SubmitButton>{students === 0 ? "Apply import" : `Apply to ${count(students, "student")}`}</SubmitButton>
        </ActionForm>
      )}
      <ActionForm id="discard" action={discardAction}>
        <input type="hidden" name="import" value={view.id} />
        <SubmitButton variant="plain">{applyAction ? "Discard import" : "Stop and discard"}</SubmitButton>
      </ActionForm>
    </div>
  );
}
