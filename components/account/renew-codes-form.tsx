"use client";

import { RecoveryCodes } from "@/components/account/recovery-codes";
import { LinkButton } from "@/components/ui/button";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** Replaces the recovery codes, and shows the new ones in place. */
export function RenewCodesForm({
  action,
  left,
  email,
  onHref,
}: {
  action: FormAction;
  left: number;
  email: string;
  onHref: string;
}) {
  return (
    <ActionForm id="renew" action={action} className="stack">
      {(state) =>
        state.status === "done" ? (
          <RecoveryCodes codes={(state.data as { codes: string[] }).codes} email={email} onHref={onHref} />
        ) : (
          <>
            <p>
              {left === 1 ? "One code is" : `${left} codes are`} left of your present ones. New ones replace them all.
            </p>
            <p className="btns">
              <SubmitButton>Make new recovery codes</SubmitButton>
              <LinkButton href={onHref}>Keep the present ones</LinkButton>
            </p>
          </>
        )
      }
    </ActionForm>
  );
}
