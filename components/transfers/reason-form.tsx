import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** A final step of a document transfer, with its reason. The focus starts on the safe button. */
export function ReasonForm({
  action,
  draft,
  transferId,
  verb,
  question,
  hint,
  confirm,
  button,
  closeHref,
  children,
}: {
  action: FormAction;
  draft: string;
  transferId: string;
  verb: string;
  question: string;
  /** Under **Reason**: who reads it. */
  hint: string;
  /** What has to be typed before anything is destroyed. */
  confirm?: string | undefined;
  button: string;
  closeHref: string;
  /** What follows from it. */
  children: ReactNode;
}) {
  return (
    <ActionForm
      action={action}
      draft={draft}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Close
          </LinkButton>
          <SubmitButton variant="stop">{button}</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="transfer" value={transferId} />
      <input type="hidden" name="verb" value={verb} />
      <p>
        <b>{question}</b>
      </p>
      <p>{children}</p>
      <TextArea name="reason" label="Reason" hint={hint} limit={1_000} rows={3} required />
      {confirm && (
        <TextField
          name="confirm"
          label={`Type ${confirm} to confirm`}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
        />
      )}
    </ActionForm>
  );
}
