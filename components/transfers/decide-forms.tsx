import { OverLink, UnlessOver } from "@/components/transfers/over";
import { casesWord } from "@/components/transfers/transfer-words";
import { LinkButton } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** The receiver refuses, saying why. The focus starts on the safe button. */
export function RejectForm({
  action,
  draft,
  transfer,
  transferHref,
  closeHref,
}: {
  action: FormAction;
  draft: string;
  transfer: { id: string; cases: number; other: string; unlocked: boolean; entered: number };
  transferHref: string;
  closeHref: string;
}) {
  return (
    <ActionForm
      action={action}
      draft={draft}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Keep it
          </LinkButton>
          <UnlessOver>
            <SubmitButton variant="stop">Reject transfer</SubmitButton>
          </UnlessOver>
        </>
      }
    >
      <input type="hidden" name="transfer" value={transfer.id} />
      <OverLink href={transferHref} />
      <p>
        <b>
          Reject the transfer of {casesWord(transfer.cases)} from {transfer.other}?
        </b>
      </p>
      <p>
        Nothing comes into your district.{" "}
        {transfer.unlocked
          ? `The package is destroyed${transfer.entered > 0 ? ", with the details entered so far" : ""}`
          : "The code stops working"}
        . {transfer.other} keeps its cases and can send them again.
      </p>
      <TextArea
        name="reason"
        label="Reason"
        hint={`${transfer.other} reads it in its list. Name no student: “Never enrolled here” is enough.`}
        limit={1_000}
        rows={3}
        required
      />
    </ActionForm>
  );
}

/** The sender takes a pending transfer back. */
export function CancelForm({
  action,
  transfer,
  transferHref,
  closeHref,
}: {
  action: FormAction;
  transfer: { id: string; cases: number; other: string };
  transferHref: string;
  closeHref: string;
}) {
  return (
    <ActionForm
      action={action}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Keep it
          </LinkButton>
          <UnlessOver>
            <SubmitButton variant="stop">Cancel transfer</SubmitButton>
          </UnlessOver>
        </>
      }
    >
      <input type="hidden" name="transfer" value={transfer.id} />
      <OverLink href={transferHref} />
      <p>
        <b>
          Cancel the transfer of {casesWord(transfer.cases)} to {transfer.other}?
        </b>
      </p>
      <p>The code stops working at once. Your cases stay as they are, and you can send them again.</p>
    </ActionForm>
  );
}

/** Asks before the switch goes off while transfers are pending. */
export function SwitchOffForm({
  action,
  pending,
  closeHref,
}: {
  action: FormAction;
  pending: number;
  closeHref: string;
}) {
  return (
    <ActionForm
      action={action}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Leave it on
          </LinkButton>
          <SubmitButton variant="stop">Switch off</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="sure" value="on" />
      <p>
        <b>
          {pending === 0
            ? "Nothing is pending."
            : `${pending === 1 ? "1 pending transfer" : `${pending} pending transfers`} will wait.`}
        </b>
      </p>
      <p>
        While the switch is off, nobody can send, and nobody can accept what is pending, in either direction. Waiting
        transfers say why, and can be rejected or cancelled; they expire when their time is over. What is unlocked can
        be finished.
      </p>
    </ActionForm>
  );
}
