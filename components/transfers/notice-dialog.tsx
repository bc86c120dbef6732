import { noticeMethodOptions } from "@/components/transfers/notice-methods";
import { LinkButton } from "@/components/ui/button";
import { FieldGroup, Radio } from "@/components/ui/choice";
import { DialogPage } from "@/components/ui/dialog-page";
import { DateField, Select, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** Records the parent notice of a transfer that was sent without one. */
export function NoticeDialog({
  transfer,
  action,
  closeHref,
}: {
  transfer: { id: string; reference: string; otherDistrict: string };
  action: FormAction;
  closeHref: string;
}) {
  return (
    <DialogPage
      title={
        <>
          Parent notice <span className="id">{transfer.reference}</span>
        </>
      }
      closeHref={closeHref}
      bare
    >
      <ActionForm
        action={action}
        id="notice"
        warnUnsaved
        foot={
          <>
            <p className="small dim">It’s recorded once and can’t be changed.</p>
            <LinkButton href={closeHref} scroll={false}>
              Close
            </LinkButton>
            <SubmitButton>Record notice</SubmitButton>
          </>
        }
      >
        <input type="hidden" name="transfer" value={transfer.id} />
        <p>
          34 CFR 99.34 asks for it where no record request stands behind a transfer for enrollment. It stays in your
          district, with the transfer and in the disclosure record; {transfer.otherDistrict} doesn’t see it.
        </p>
        <FieldGroup name="notice" label="Were the parents told?">
          <Radio name="notice" value="told" label="The parents were told" defaultChecked framed>
            <div className="stack">
              <div className="two">
                <DateField name="noticeOn" label="Told on" />
                <Select name="noticeMethod" label="How" empty="Not recorded" options={noticeMethodOptions} />
              </div>
              <TextField name="noticeBy" label="Told by" maxLength={200} autoComplete="off" />
            </div>
          </Radio>
          <Radio name="notice" value="asked" label="Not required: the parents asked for the transfer" framed />
        </FieldGroup>
      </ActionForm>
    </DialogPage>
  );
}
