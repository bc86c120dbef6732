"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";

/** A password, with Show beside it where script runs. It never comes back from the server. */
export function PasswordField({
  name = "password",
  label = "Password",
  hint,
  error: given,
  autoComplete = "current-password",
  defaultValue,
}: {
  name?: string;
  label?: string;
  hint?: ReactNode;
  error?: string | undefined;
  autoComplete?: "current-password" | "new-password";
  /** Only for the demo's sign-ins, which everybody knows. */
  defaultValue?: string | undefined;
}) {
  const { id, error } = useFieldState(name, { error: given });
  const [shown, setShown] = useState(false);
  return (
    <Field {...{ id, label, hint, error }}>
      <div className="reveal">
        <input
          className={error ? "in is-bad" : "in"}
          id={id}
          name={name}
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          defaultValue={defaultValue}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error })}
        />
        <Button
          variant="quiet"
          small
          className="script-only"
          aria-pressed={shown}
          aria-label={`Show ${label.toLowerCase()}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? "Hide" : "Show"}
        </Button>
      </div>
    </Field>
  );
}
