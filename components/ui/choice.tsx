"use client";

import type { ComponentProps, ReactNode } from "react";
import { describedBy, ErrorLine, type Words } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";

type Ticked = Omit<ComponentProps<"input">, "name" | "id" | "type" | "value"> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  id?: string | undefined;
  value?: string | undefined;
};

/** A box to tick. Several with one name each need a `value`; stand them in a FieldGroup. */
export function Checkbox({
  label,
  hint,
  name,
  id: ownId,
  value = "on",
  defaultChecked,
  className,
  error: given,
  ...rest
}: Ticked & { error?: string | undefined }) {
  const field = useFieldState(name, { id: ownId, error: given });
  const single = value === "on";
  const id = ownId ?? (single ? field.id : `${field.id}-${value}`);
  const error = single ? field.error : given;
  return (
    <div className={className ? `tick-field ${className}` : "tick-field"}>
      {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
      <label className="tick">
        <input
          {...rest}
          type="checkbox"
          id={id}
          name={name}
          value={value}
          defaultChecked={field.typed ? field.typed.includes(value) : defaultChecked}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error }, rest["aria-describedby"])}
        />
        <span>
          {label}
          {hint && (
            <span className="hint blk" id={`${id}-hint`}>
              {hint}
            </span>
          )}
        </span>
      </label>
    </div>
  );
}

/** Radio buttons or boxes that belong together, with their question, hint and error. `name` is the name of what stands in it. */
export function FieldGroup({
  name,
  label,
  hint,
  error: given,
  hideLabel,
  fieldClass,
  id: ownId,
  children,
}: Words & { name: string; id?: string | undefined; children: ReactNode }) {
  const { id, error } = useFieldState(name, { id: ownId, error: given });
  return (
    <fieldset
      className={fieldClass ? `field group ${fieldClass}` : "field group"}
      id={id}
      aria-describedby={describedBy(id, { hint, error })}
    >
      <legend className={hideLabel ? "sr" : undefined}>{label}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
      {children}
    </fieldset>
  );
}

/**
 * One choice of a FieldGroup. With `children` it becomes a frame (.opt) whose inner part shows while it's chosen; without script too.
 */
export function Radio({
  label,
  hint,
  name,
  id: ownId,
  value,
  defaultChecked,
  framed,
  children,
  ...rest
}: Ticked & { value: string; framed?: boolean | undefined; children?: ReactNode }) {
  const field = useFieldState(name, { id: ownId });
  const id = ownId ?? `${field.id}-${value}`;
  const choice = (
    <label className="tick">
      <input
        {...rest}
        type="radio"
        id={id}
        name={name}
        value={value}
        defaultChecked={field.typed ? field.typed.includes(value) : defaultChecked}
        aria-describedby={describedBy(id, { hint })}
      />
      <span>
        {children || framed ? <b>{label}</b> : label}
        {hint && (
          <span className="hint blk" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
  if (!children && !framed) return choice;
  return (
    <div className="opt">
      {choice}
      {children && <div className="opt-in">{children}</div>}
    </div>
  );
}

/**
 * On or off, with its word. `atOnce` sends the form on every change; without script a button stands beside it instead, so give the
 * form a <SubmitButton className="no-script-only"> then.
 */
export function Switch({
  label,
  hint,
  name,
  id: ownId,
  value = "on",
  defaultChecked,
  atOnce,
  onChange,
  ...rest
}: Ticked & { atOnce?: boolean | undefined }) {
  const { id, error, typed, pending } = useFieldState(name, { id: ownId });
  return (
    <div className="switch-row">
      <input
        {...rest}
        className="switch"
        type="checkbox"
        role="switch"
        id={id}
        name={name}
        value={value}
        defaultChecked={typed ? typed.includes(value) : defaultChecked}
        aria-busy={pending || undefined}
        aria-describedby={describedBy(id, { hint, error })}
        onChange={(event) => {
          onChange?.(event);
          if (atOnce) event.currentTarget.form?.requestSubmit();
        }}
      />
      <div>
        {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
        <label className="label" htmlFor={id}>
          {label}
        </label>{" "}
        <b className="on-word" aria-hidden="true" />
        {hint && (
          <p className="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
