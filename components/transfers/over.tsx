"use client";

import { type ReactNode, useContext } from "react";
import { FormContext } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import type { ActionState } from "@/lib/web/action-state";

/** After these there's nothing more to send: somebody or something was faster, and the transfer's details say what. */
const over: ReadonlySet<string> = new Set([
  "transfer-decided",
  "transfer-expired",
  "own-transfer-expired",
  "not-pending",
  "code-first",
]);

export const kindOf = (state: ActionState) =>
  state.status === "problem" ? (state.data as { kind?: string; triesLeft?: number } | undefined) : undefined;

export const isOver = (state: ActionState): boolean => over.has(kindOf(state)?.kind ?? "");

const useOver = () => isOver(useContext(FormContext)?.state ?? { status: "idle" });

/** The way to the transfer's details, once the form has come too late. */
export function OverLink({ href }: { href: string }) {
  return useOver() ? (
    <p>
      <Link href={href}>See its details</Link>
    </p>
  ) : null;
}

/** What can be filled in and sent until the form has come too late. */
export function UnlessOver({ children }: { children: ReactNode }) {
  return useOver() ? null : children;
}
