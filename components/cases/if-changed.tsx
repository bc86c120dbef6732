"use client";

import { type ReactNode, useContext } from "react";
import { FormContext } from "@/components/ui/form-state";

/** What somebody else has made of it while this form was being filled: shown when saving was refused for that. */
export function IfChanged({ children }: { children: ReactNode }) {
  const form = useContext(FormContext);
  const changed =
    form?.state.status === "problem" &&
    (form.state.data as { kind?: string } | undefined)?.kind === "changed-meanwhile";
  if (!changed) return null;
  return (
    <div>
      <p>
        <b>As it’s now:</b>
      </p>
      {children}
    </div>
  );
}
