"use client";

import type { ReactNode } from "react";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";

/** A task with its box: ticking sends at once; without script a button stands beside it. */
export function TaskTick({
  action,
  caseId,
  taskId,
  done,
  text,
  look,
  children,
}: {
  action: FormAction;
  caseId: string;
  taskId: string;
  done: boolean;
  text: string;
  look: "plain" | "soon" | "late";
  children: ReactNode;
}) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="caseId" value={caseId} />
      <input type="hidden" name="taskId" value={taskId} />
      <label className="tick">
        <input
          type="checkbox"
          name="done"
          key={String(done)}
          defaultChecked={done}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        />
        <span>
          <span dir="auto">{text}</span>
          {children && (
            <small className={look === "plain" ? undefined : look === "soon" ? "soon" : "late text-bad"}>
              {children}
            </small>
          )}
        </span>
      </label>
      <SubmitButton variant="quiet" small className="no-script-only">
        Save
      </SubmitButton>
    </ActionForm>
  );
}
