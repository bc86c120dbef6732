"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { useFieldState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";

/** What every field has: its words. `error` is found by the field's name inside an ActionForm. */
export type Words = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** The label is for screen readers alone; only where a heading beside it says the same. */
  hideLabel?: boolean | undefined;
  /** Class of the whole field, e.g. for its place in a grid. */
  fieldClass?: string | undefined;
};

type Given<E extends "input" | "select" | "textarea"> = Omit<
  ComponentProps<E>,
  "name" | "id" | "defaultValue" | "size"
> &
  Words & { name: string; id?: string | undefined; defaultValue?: string | null | undefined };

/** Ids of what describes a field, for aria-describedby. */
export function describedBy(
  id: string,
  { hint, error }: { hint?: unknown; error?: unknown },
  more?: string,
): string | undefined {
  return [error && `${id}-error`, hint && `${id}-hint`, more].filter(Boolean).join(" ") || undefined;
}

export function ErrorLine({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="err" id={id}>
      <Icon name="circle-alert" />
      <span>{children}</span>
    </p>
  );
}

/**
 * Label, hint, error, control, top down. For controls that aren't in this file; the control takes `id`, and
 * aria-describedby={describedBy(id, { hint, error })}.
 */
export function Field({
  id,
  label,
  hint,
  error,
  hideLabel,
  fieldClass,
  children,
}: Words & { id: string; children: ReactNode }) {
  return (
    <div className={fieldClass ? `field ${fieldClass}` : "field"}>
      <label htmlFor={id} className={hideLabel ? "sr" : undefined}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
      {children}
    </div>
  );
}

const inputClass = (kind: string, error: unknown, more: string | undefined) =>
  [kind, error && "is-bad", more].filter(Boolean).join(" ");

export function TextField({
  label,
  hint,
  error: given,
  hideLabel,
  fieldClass,
  name,
  id: ownId,
  defaultValue,
  className,
  type = "text",
  ...rest
}: Given<"input">) {
  const { id, error, typed } = useFieldState(name, { id: ownId, error: given });
  return (
    <Field {...{ id, label, hint, error, hideLabel, fieldClass }}>
      <input
        {...rest}
        className={inputClass("in", error, className)}
        id={id}
        name={name}
        type={type}
        defaultValue={typed?.[0] ?? defaultValue ?? ""}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error }, rest["aria-describedby"])}
      />
    </Field>
  );
}

/** A day, as the browser's own date field; sends and takes 2026-11-22. */
export function DateField(props: Omit<Given<"input">, "type">) {
  return <TextField {...props} type="date" className={props.className ? `in-date ${props.className}` : "in-date"} />;
}

const counted = new Intl.NumberFormat("en-US");

/**
 * Text of several lines. `limit` says how many characters fit; nothing is cut off while typing or pasting, the server refuses what is
 * too long, and the field says by how much.
 */
export function TextArea({
  label,
  hint,
  error: given,
  hideLabel,
  fieldClass,
  name,
  id: ownId,
  defaultValue,
  className,
  limit,
  rows = 4,
  onInput,
  ...rest
}: Given<"textarea"> & { limit?: number | undefined }) {
  const { id, error, typed } = useFieldState(name, { id: ownId, error: given });
  const start = typed?.[0] ?? defaultValue ?? "";
  const [length, setLength] = useState(start.length);
  const near = limit !== undefined && length > limit * 0.8;
  const left = (limit ?? 0) - length;
  return (
    <Field {...{ id, label, hint, error, hideLabel, fieldClass }}>
      <textarea
        {...rest}
        className={inputClass("in", error, className)}
        id={id}
        name={name}
        rows={rows}
        defaultValue={start}
        onInput={(event) => {
          if (limit !== undefined) setLength(event.currentTarget.value.length);
          onInput?.(event);
        }}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error }, limit === undefined ? undefined : `${id}-limit`)}
      />
      {limit !== undefined && (
        <p className={left < 0 ? "hint late" : "hint"} id={`${id}-limit`} role={near ? "status" : undefined}>
          {near
            ? left < 0
              ? `${counted.format(-left)} ${left === -1 ? "character" : "characters"} too many. At most ${counted.format(limit)} fit.`
              : `${counted.format(left)} characters left`
            : `At most ${counted.format(limit)} characters`}
        </p>
      )}
    </Field>
  );
}

export type Option = { value: string; label: string; disabled?: boolean };

/** One of a list. `empty` is the words of a first choice that chooses nothing. Give `options`, or <option>s as children. */
export function Select({
  label,
  hint,
  error: given,
  hideLabel,
  fieldClass,
  name,
  id: ownId,
  defaultValue,
  className,
  options,
  empty,
  children,
  ...rest
}: Given<"select"> & { options?: readonly Option[]; empty?: string | undefined }) {
  const { id, error, typed } = useFieldState(name, { id: ownId, error: given });
  return (
    <Field {...{ id, label, hint, error, hideLabel, fieldClass }}>
      <select
        {...rest}
        className={inputClass("pick", error, className)}
        id={id}
        name={name}
        defaultValue={typed?.[0] ?? defaultValue ?? ""}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
    </Field>
  );
}
