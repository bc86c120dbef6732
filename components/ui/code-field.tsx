"use client";

import type { ReactNode } from "react";
import { describedBy, Field } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";
import { groupCode } from "@/components/ui/group-code";

/**
 * The authorization code, typed: one field, paste as it comes, upper or lower case. Pasted, or once the field is left, it stands in its
 * four groups, so that one can look for the group that a problem names. `triesLeft` of `tries` are shown as dots and in
 * words.
 */
export function CodeField({
  name = "code",
  label = "Authorization code",
  hint = "16 letters and digits in four groups. Hyphens, spaces and case don’t matter.",
  error: given,
  triesLeft,
  tries = 5,
}: {
  name?: string;
  label?: string;
  hint?: ReactNode;
  error?: string | undefined;
  triesLeft?: number | undefined;
  tries?: number;
}) {
  const { id, error, typed } = useFieldState(name, { error: given });
  const shown = triesLeft !== undefined && triesLeft < tries;
  return (
    <Field {...{ id, label, hint, error }}>
      <input
        className={error ? "in in-code is-bad" : "in in-code"}
        id={id}
        name={name}
        defaultValue={typed?.[0] ?? ""}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        data-no-draft
        onBlur={({ currentTarget: field }) => {
          field.value = groupCode(field.value);
        }}
        onInput={({ currentTarget: field, nativeEvent }) => {
          if ((nativeEvent as InputEvent).inputType === "insertFromPaste") field.value = groupCode(field.value);
        }}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error }, shown ? `${id}-tries` : undefined)}
      />
      {shown && (
        <p className="tries" id={`${id}-tries`}>
          <span className="pips" aria-hidden="true">
            {Array.from({ length: tries }, (_, n) => (
              <i key={n} className={n < triesLeft ? undefined : "used"} />
            ))}
          </span>
          {triesLeft} of {tries} tries left
        </p>
      )}
    </Field>
  );
}
