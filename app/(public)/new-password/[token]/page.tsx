import type { Metadata } from "next";
import { LinkUsedUp, NewPasswordField, WhosePassword } from "@/components/account/new-password";
import { Door } from "@/components/frame/door";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { shortestPassword } from "@/lib/users/password";
import { resetOf } from "@/lib/web/password-reset";
import { resetPasswordAction } from "../../actions";

export const metadata: Metadata = { title: "New password" };

type Given = { params: Promise<{ token: string }> };

/** Opening it uses nothing up: mail programs open links by themselves. The button does. */
export default async function NewPasswordPage({ params }: Given) {
  const { token } = await params;
  const person = await resetOf(token);
  if (!person)
    return (
      <LinkUsedUp otherwise={{ href: "/sign-in/forgot", label: "Ask for a new link" }}>
        It has been used, or its hour is over. If you have chosen a password, sign in with it.
      </LinkUsedUp>
    );
  return (
    <Door>
      <div className="door-form">
        <h1>Choose a new password</h1>
        <p>{person.name}, it holds for all your districts here, and signs you out everywhere.</p>
        <ActionForm id="new-password" action={resetPasswordAction} className="stack">
          <input type="hidden" name="token" value={token} />
          <WhosePassword email={person.email} />
          <NewPasswordField shortest={shortestPassword} />
          <SubmitButton wide>Save password</SubmitButton>
        </ActionForm>
      </div>
    </Door>
  );
}
