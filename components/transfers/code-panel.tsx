"use client";

import { useContext } from "react";
import { type CodeFacts, CodeSheet } from "@/components/transfers/code-sheet";
import { OverLink, UnlessOver } from "@/components/transfers/over";
import { Button, LinkButton } from "@/components/ui/button";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { FormContext } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** What showing a code answers. */
export type ShownCode = { code: string; expiresAt: Date | null };

/** **Show the code** on the sender's page of a pending transfer, and **New code**. The code isn't in the page before the button is pressed. */
export function CodePanel({
  action,
  facts,
  newCodeHref,
  locked,
}: {
  action: FormAction;
  facts: CodeFacts;
  newCodeHref: string;
  locked: boolean;
}) {
  return (
    <ActionForm action={action}>
      {(state) => {
        const shown = state.status === "done" ? (state.data as ShownCode) : null;
        return (
          <>
            <input type="hidden" name="transfer" value={facts.transferId} />
            {shown ? (
              <CodeSheet code={shown.code} expiresAt={shown.expiresAt} facts={facts} />
            ) : (
              <h2 className="mb-2">Authorization code</h2>
            )}
            <div className="btns">
              {!shown && !locked && <Button type="submit">Show the code</Button>}
              <LinkButton href={newCodeHref} scroll={false} variant={locked ? "go" : undefined}>
                New code
              </LinkButton>
              <p className="small dim">
                {locked
                  ? "The present code is locked after five wrong tries."
                  : "Each showing is written down in the timeline. New code replaces it, and resets tries and expiry."}
              </p>
            </div>
          </>
        );
      }}
    </ActionForm>
  );
}

/** The dialog **New code**: asks first, then shows it in place. */
export function NewCodeForm({
  action,
  facts,
  version,
  transferHref,
  closeHref,
  other,
}: {
  action: FormAction;
  facts: CodeFacts;
  version: number;
  transferHref: string;
  closeHref: string;
  other: string;
}) {
  return (
    <ActionForm action={action} foot={<NewCodeFoot closeHref={closeHref} />}>
      {(state) => {
        const shown = state.status === "done" ? (state.data as ShownCode) : null;
        return (
          <>
            <input type="hidden" name="transfer" value={facts.transferId} />
            <input type="hidden" name="version" value={version} />
            {shown ? (
              <>
                <CodeSheet code={shown.code} expiresAt={shown.expiresAt} facts={facts} />
                <p>
                  Pass it on by phone or in person, never by email. {other} is told that there is a new one: the email
                  doesn’t hold it.
                </p>
              </>
            ) : (
              <>
                <OverLink href={transferHref} />
                <p>
                  <b>Replace the code of {facts.reference} with a new one?</b>
                </p>
                <p>
                  The earlier code stops working at once. {other} gets five tries again, and the time until the transfer
                  expires starts anew. Then pass the new code on by phone or in person.
                </p>
              </>
            )}
          </>
        );
      }}
    </ActionForm>
  );
}

function NewCodeFoot({ closeHref }: { closeHref: string }) {
  const done = useContext(FormContext)?.state.status === "done";
  return done ? (
    <LinkButton variant="go" href={closeHref} scroll={false}>
      Done
    </LinkButton>
  ) : (
    <>
      <LinkButton data-autofocus href={closeHref} scroll={false}>
        Keep the code
      </LinkButton>
      <UnlessOver>
        <SubmitButton>New code</SubmitButton>
      </UnlessOver>
    </>
  );
}
