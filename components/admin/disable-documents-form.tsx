import { LinkButton } from "@/components/ui/button";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** Asks before document transfers are disabled while some are under way. */
export function DisableDocumentsForm({
  action,
  waiting,
  closeHref,
}: {
  action: FormAction;
  waiting: number;
  closeHref: string;
}) {
  return (
    <ActionForm
      action={action}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Leave it enabled
          </LinkButton>
          <SubmitButton variant="stop">Disable</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="off" value="on" />
      <input type="hidden" name="sure" value="on" />
      <p>
        <b>
          {waiting === 0
            ? "Nothing is under way."
            : waiting === 1
              ? "1 document transfer will wait."
              : `${waiting} document transfers will wait.`}
        </b>
      </p>
      <p>
        While it’s disabled, no documents can be sent or delivered, in either direction. What is held waits, and can be
        returned or recalled. What was delivered stays.
      </p>
    </ActionForm>
  );
}
