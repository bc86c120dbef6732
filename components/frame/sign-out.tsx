"use client";

import type { ReactNode } from "react";
import { dropAllDrafts } from "@/components/ui/draft";

/** The form that signs out. What was typed and kept in this tab goes with it: the next person may be another one. */
export function SignOut({
  action,
  children,
}: {
  action: (form: FormData) => void | Promise<void>;
  children: ReactNode;
}) {
  return (
    <form action={action} onSubmit={dropAllDrafts} role="none">
      {children}
    </form>
  );
}
