import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { TextArea } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

type Given = {
  title: ReactNode;
  closeHref: string;
  action: FormAction;
  /** What it's about, sent along. */
  fields?: Readonly<Record<string, string>>;
  /** What is asked, in bold. */
  question?: string;
  /** What follows from it, and what else is to be filled in. */
  children: ReactNode;
  /** Where a reason is wanted: who reads it. */
  reason?: string | undefined;
  /** Whose draft of the reason this tab keeps. */
  draft?: string | undefined;
  /** Beside the buttons. */
  note?: string;
  /** The safe button's words. */
  keep?: string;
  /** The other button's. */
  button: string;
  /** Wraps that button where it may come too late. */
  wrap?: (submit: ReactNode) => ReactNode;
};

/** The dialog that asks before a final step: what follows from it, the reason where one is wanted. The focus starts on the safe button. */
export function DecideDialog({
  title,
  closeHref,
  action,
  fields = {},
  question,
  children,
  reason,
  draft,
  note,
  keep = "Keep it",
  button,
  wrap = (submit) => submit,
}: Given) {
  return (
    <DialogPage title={title} closeHref={closeHref} bare>
      <ActionForm
        action={action}
        draft={draft}
        foot={
          <>
            {note && <p className="small dim">{note}</p>}
            <LinkButton data-autofocus href={closeHref} scroll={false}>
              {keep}
            </LinkButton>
            {wrap(<SubmitButton variant="stop">{button}</SubmitButton>)}
          </>
        }
      >
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {question && (
          <p>
            <b>{question}</b>
          </p>
        )}
        {children}
        {reason && <TextArea name="reason" label="Reason" hint={reason} limit={1_000} rows={3} required />}
      </ActionForm>
    </DialogPage>
  );
}
