import type { Metadata } from "next";
import { Door } from "@/components/frame/door";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
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
  if (!person) return <UsedUp />;
  return (
    <Door>
      <div className="door-form">
        <h1>Choose a new password</h1>
        <p>{person.name}, it holds for all your districts here, and signs you out everywhere.</p>
        <ActionForm id="new-password" action={resetPasswordAction} className="stack">
          <input type="hidden" name="token" value={token} />
          {/* For password managers, which look for the name that goes with a password. */}
          <input
            className="sr"
            type="email"
            name="email"
            value={person.email}
            autoComplete="username"
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <PasswordField
            label="New password"
            autoComplete="new-password"
            hint={`${shortestPassword} characters or more. Four or five words that have nothing to do with each other are strong and easy to remember.`}
          />
          <SubmitButton wide>Save password</SubmitButton>
        </ActionForm>
      </div>
    </Door>
  );
}

function UsedUp() {
  return (
    <Door>
      <div className="door-form">
        <h1>This link doesn’t work any more</h1>
        <p>It has been used, or its hour is over. If you have chosen a password, sign in with it.</p>
        <p className="btns">
          <LinkButton variant="go" href="/sign-in">
            Sign in
          </LinkButton>
          <LinkButton href="/sign-in/forgot">Ask for a new link</LinkButton>
        </p>
      </div>
    </Door>
  );
}
