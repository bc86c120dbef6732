"use client";

import { LinkStudent } from "@/components/transfers/link-student";
import { LinkButton } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StudentMatch } from "@/lib/students/match-students";
import type { Held } from "@/lib/transfers/get-held";
import type { ActionState } from "@/lib/web/action-state";

/** What the action answers to a roster search, with what else was chosen (pages without script draw the form anew). */
export type HeldSearched = {
  found: { q: string; hits: StudentMatch[] } | null;
  /** The student who is chosen. */
  kept: StudentMatch | null;
  typed: { studentId: string; owner: string; same: boolean };
};

type Given = {
  held: Held;
  action: FormAction;
  draft: string;
  other: string;
  /** The way back, and where the roster answers while somebody types. */
  links: { transfer: string; students: string };
};

/** Chooses student and owner of a held transfer: **Link and deliver**. */
export function LinkForm({ action, draft, ...given }: Given) {
  return (
    <ActionForm action={action} draft={draft} className="stack" id="link">
      {(state) => <Parts state={state} {...given} />}
    </ActionForm>
  );
}

function Parts({ state, held, other, links }: Omit<Given, "action" | "draft"> & { state: ActionState }) {
  const searched = state.status === "done" && state.data ? (state.data as HeldSearched) : null;
  const [best] = held.matches;
  // Of another name, or born on another day: shown to the eye alone, so that nobody links by pressing on.
  const proposed = best && !best.comparison.differs ? best.id : "";
  return (
    <>
      <input type="hidden" name="transfer" value={held.transferId} />
      <LinkStudent
        person={held.person}
        proposed={held.matches}
        other={other}
        posted={searched?.found ?? null}
        chosen={searched?.kept ?? null}
        studentId={searched?.typed.studentId || proposed}
        confirmed={searched?.typed.same ?? false}
        searchUrl={links.students}
        nobody="Search for one, or leave it: it delivers itself once the roster brings the student."
      />
      <Select
        name="owner"
        label="Owner"
        hint={
          held.ownerId
            ? "As the sender typed it. The owner is told by email."
            : `Nobody of your district is “${held.owner}”. Choose who owns the documents here.`
        }
        empty="Choose the owner"
        options={held.owners.map((one) => ({ value: one.id, label: `${one.name} (${one.username})` }))}
        defaultValue={searched?.typed.owner || held.ownerId}
      />
      <div className="foot">
        <p className="small dim">
          The documents lie on the student’s page then, and {other} learns that they’re delivered.
        </p>
        <LinkButton href={links.transfer}>Close</LinkButton>
        <SubmitButton name="do" value="link">
          Link and deliver
        </SubmitButton>
      </div>
    </>
  );
}
