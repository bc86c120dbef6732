import { recordsWord } from "@/components/admin/retention/retention-words";
import { LinkButton } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

type Given = { action: FormAction; proposal: { id: string; number: string }; closeHref: string };

/** The second person destroys what a proposal names, after its number was typed. The focus starts on the safe button. */
export function ConfirmForm({
  action,
  proposal,
  going,
  staying,
  closeHref,
}: Given & { going: readonly string[]; staying: number }) {
  return (
    <ActionForm
      id="confirm"
      action={action}
      foot={
        <>
          <p className="small dim">This can’t be undone by anybody.</p>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Keep them
          </LinkButton>
          <SubmitButton variant="stop">Destroy {recordsWord(going.length)}</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="proposal" value={proposal.id} />
      {/* What is seen here, and nothing else, is destroyed. */}
      {going.map((id) => (
        <input key={id} type="hidden" name="shown" value={id} />
      ))}
      <p>
        <b>{recordsWord(going.length)} will be destroyed for good.</b>
        {staying > 0 && ` ${recordsWord(staying)} of the proposal will stay; its list says why.`}
      </p>
      <p>
        The records, their history and files, and the keys that open the files go from the database and from the storage
        at once. What stays: a certificate for each person, without names or titles, and the disclosure record. Copies
        that other districts got stay with them. What is on legal hold is never destroyed.
      </p>
      <TextField
        name="confirm"
        label="To confirm, type the proposal’s number"
        hint={<span className="id">{proposal.number}</span>}
        autoComplete="off"
        spellCheck={false}
      />
    </ActionForm>
  );
}

/** Takes a proposal back, one's own or a colleague's. */
export function WithdrawProposalForm({ action, proposal, closeHref }: Given) {
  return (
    <ActionForm
      id="withdraw"
      action={action}
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Leave it
          </LinkButton>
          <SubmitButton>Withdraw proposal</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="proposal" value={proposal.id} />
      <p>
        <b>Withdraw proposal {proposal.number}?</b>
      </p>
      <p>Nothing is destroyed. Its records stay on the list of what is due, and can be proposed again.</p>
    </ActionForm>
  );
}
