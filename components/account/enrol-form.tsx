"use client";

import type { ReactNode } from "react";
import { RecoveryCodes } from "@/components/account/recovery-codes";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/**
 * Sets up a second factor in three steps, then shows the recovery codes. `secret` is null once there is one: without script the page is
 * drawn anew with the answer, and has the codes to show all the same.
 */
export function EnrolForm({
  action,
  secret,
  qr,
  email,
  onHref,
}: {
  action: FormAction;
  secret: string | null;
  qr: ReactNode;
  email: string;
  onHref: string;
}) {
  return (
    <ActionForm id="enrol" action={action} className="stack">
      {(state) =>
        state.status === "done" ? (
          <RecoveryCodes codes={(state.data as { codes: string[] }).codes} email={email} onHref={onHref} />
        ) : secret === null ? (
          <>
            <p>You have a second factor. From the next time on, signing in asks for its code.</p>
            <p className="btns">
              <LinkButton variant="go" href={onHref}>
                Go on
              </LinkButton>
            </p>
          </>
        ) : (
          <>
            <ol className="steps">
              <li>
                <h2 className="h-s">Get an authenticator app</h2>
                <p>
                  Any will do: the password manager that you use, Microsoft Authenticator, Google Authenticator, 2FAS.
                  If your district has one for you, take that.
                </p>
              </li>
              <li>
                <h2 className="h-s">Scan this with the app</h2>
                {qr}
                <details>
                  <summary>You can’t scan it</summary>
                  <p>Type this key into the app, as a time-based code. Spaces don’t matter.</p>
                  <p className="secret">{secret.match(/.{1,4}/g)?.join(" ")}</p>
                  <CopyButton small text={secret}>
                    Copy key
                  </CopyButton>
                </details>
              </li>
              <li>
                <h2 className="h-s">Type the code that the app shows</h2>
                <TextField
                  name="factorCode"
                  label="Code"
                  hint="Six digits; a new one every 30 seconds."
                  autoComplete="one-time-code"
                  inputMode="numeric"
                  className="in-otp"
                  spellCheck={false}
                  data-no-draft
                />
              </li>
            </ol>
            <SubmitButton>Set up</SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
