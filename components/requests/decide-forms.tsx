import { LinkButton } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

type Given = { action: FormAction; request: { id: string; other: string }; closeHref: string };

/** The holder refuses, saying why. The focus starts on the safe button. */
export function DeclineForm({ action, draft, request, closeHref }: Given & { draft: string }) {
  return (
    <ActionForm
      action={action}
      draft={draft}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Keep it
          </LinkButton>
          <SubmitButton variant="stop">Decline request</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="request" value={request.id} />
      <p>
        <b>Decline what {request.other} asks for?</b>
      </p>
      <p>Nothing leaves your district. They’re told by email, and can ask again.</p>
      <TextArea
        name="reason"
        label="Reason"
        hint={`${request.other} reads it in its list. Name no student: “Never enrolled here” is enough.`}
        limit={1_000}
        rows={3}
        required
      />
    </ActionForm>
  );
}

/** The asker takes an open request back. */
export function WithdrawForm({ action, request, closeHref }: Given) {
  return (
    <ActionForm
      action={action}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Keep it
          </LinkButton>
          <SubmitButton variant="stop">Withdraw request</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="request" value={request.id} />
      <p>
        <b>Withdraw your request to {request.other}?</b>
      </p>
      <p>They’re told by email, and no longer see whom you asked about. You can ask again.</p>
    </ActionForm>
  );
}
