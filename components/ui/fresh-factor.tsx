"use client";

import { useEffect, useRef } from "react";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import type { ActionState } from "@/lib/web/action-state";

type Asked = { kind: "factor-asked"; by: "code" | "password" };

/** What an action answers that wants to know once more who it is; null for every other answer. */
export function factorAsked(state: ActionState): Asked | null {
  const data = state.status === "problem" ? (state.data as Partial<Asked> | undefined) : undefined;
  return data?.kind === "factor-asked" ? (data as Asked) : null;
}

/** Stands above the fields of a form whose action asks for the second factor again; what was typed beneath stays. Takes the focus. */
export function FreshFactor({ by, wrong }: { by: "code" | "password"; wrong: boolean }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.querySelector("input")?.focus();
  }, []);
  return (
    <section className="well fresh" ref={box} role={wrong ? "alert" : "status"}>
      <h2 className="h-s">Confirm that it’s you</h2>
      <p>
        {by === "code"
          ? "This needs a new code. Type it, then press the button once more; what you typed is still here."
          : "This needs your password once more. Type it, then press the button again; what you typed is still here."}
      </p>
      {by === "code" ? (
        <TextField
          name="factorCode"
          label="Code"
          hint="Six digits from your authenticator app, or a recovery code."
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          data-no-draft
        />
      ) : (
        <PasswordField name="factorPassword" label="Your password" />
      )}
    </section>
  );
}
