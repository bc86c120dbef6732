"use client";

import { createContext, useContext, useId } from "react";
import type { ActionState } from "@/lib/web/action-state";

/** What a form's fields know of their form. Outside of an ActionForm there's none, and fields go by their props alone. */
export const FormContext = createContext<{ id: string; state: ActionState; pending: boolean } | null>(null);

export type FieldState = {
  id: string;
  error: string | undefined;
  /** What was typed before the action answered with a problem; undefined while nothing was sent. */
  typed: string[] | undefined;
  pending: boolean;
};

/** A field's place in its form, found by its name. The id is the form's id and the name, so that a summary can link to it. */
export function useFieldState(
  name: string | undefined,
  given: { id?: string | undefined; error?: string | undefined },
): FieldState {
  const own = useId();
  const form = useContext(FormContext);
  const problem = form?.state.status === "problem" && name !== undefined ? form.state : undefined;
  const value = name === undefined ? undefined : problem?.values[name];
  return {
    id: given.id ?? (form && name !== undefined ? `${form.id}-${name}` : own),
    error: given.error ?? (name === undefined ? undefined : problem?.fields[name]),
    typed: problem && (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    pending: form?.pending ?? false,
  };
}

export function useFormPending(): boolean {
  return useContext(FormContext)?.pending ?? false;
}
