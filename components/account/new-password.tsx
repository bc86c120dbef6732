import type { ReactNode } from "react";
import { Door } from "@/components/frame/door";
import { LinkButton } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";

/** For password managers, which look for the name that goes with a password. */
export function WhosePassword({ email }: { email: string }) {
  return (
    <input
      className="sr"
      type="email"
      name="email"
      value={email}
      autoComplete="username"
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}

/** A password that is chosen now. `shortest` in characters. */
export function NewPasswordField({ shortest }: { shortest: number }) {
  return (
    <PasswordField
      label="New password"
      autoComplete="new-password"
      hint={`${shortest} characters or more. Four or five words that have nothing to do with each other are strong and easy to remember.`}
    />
  );
}

/** What a mailed link shows that was used or has run out. */
export function LinkUsedUp({
  children,
  otherwise,
}: {
  children: ReactNode;
  otherwise: { href: string; label: string };
}) {
  return (
    <Door>
      <div className="door-form">
        <h1>This link doesn’t work any more</h1>
        <p>{children}</p>
        <p className="btns">
          <LinkButton variant="go" href="/sign-in">
            Sign in
          </LinkButton>
          <LinkButton href={otherwise.href}>{otherwise.label}</LinkButton>
        </p>
      </div>
    </Door>
  );
}
