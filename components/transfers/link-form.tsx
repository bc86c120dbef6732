"use client";

import { CompareTable, CompareVerdict, verdictWords } from "@/components/transfers/compare-table";
import { Button, LinkButton } from "@/components/ui/button";
import { describedBy, ErrorLine, FieldGroup, Radio, Select } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StudentMatch } from "@/lib/students/match-students";
import type { Held } from "@/lib/transfers/get-held";
import type { ActionState } from "@/lib/web/action-state";

/** What the action answers to a roster search, with what else was chosen (pages without script draw the form anew). */
export type HeldSearched = { q: string; hits: StudentMatch[]; typed: { studentId: string; owner: string } };

type Given = { held: Held; action: FormAction; draft: string; other: string; closeHref: string };

/** Chooses student and owner of a held transfer: **Link and deliver**. */
export function LinkForm({ action, draft, ...given }: Given) {
  return (
    <ActionForm action={action} draft={draft} className="stack" id="link">
      {(state) => <Parts state={state} {...given} />}
    </ActionForm>
  );
}

function Parts({ state, held, other, closeHref }: Omit<Given, "action" | "draft"> & { state: ActionState }) {
  const searched = state.status === "done" && state.data ? (state.data as HeldSearched) : null;
  const hits = (searched?.hits ?? []).filter((hit) => !held.matches.some((one) => one.id === hit.id));
  const candidates = [...held.matches, ...hits];
  const [best] = held.matches;
  // Of another name, or born on another day: shown to the eye alone, so that nobody links by pressing on.
  const proposed = best && best.comparison.name !== "differs" && best.comparison.birthDate !== "differs" ? best.id : "";
  const studentId = searched?.typed.studentId || proposed;
  return (
    <>
      <input type="hidden" name="transfer" value={held.transferId} />
      {candidates.length > 0 && (
        <FieldGroup name="studentId" label="Which student?" fieldClass="candidates">
          {candidates.map((one) => (
            <Radio
              key={one.id}
              name="studentId"
              value={one.id}
              label={
                <>
                  {one.id === proposed && <span className="dim">Best match: </span>}
                  <bdi>
                    {one.family}, {one.given}
                  </bdi>
                </>
              }
              hint={
                <>
                  Student {one.sisId}
                  {one.grade && ` · grade ${one.grade}`} · {verdictWords(one)}
                </>
              }
              defaultChecked={one.id === studentId}
            >
              <CompareTable person={held.person} student={one} title="" />
              <CompareVerdict student={one} other={other} />
            </Radio>
          ))}
        </FieldGroup>
      )}
      <RosterSearch state={state} searched={searched} />
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
        <LinkButton href={closeHref}>Close</LinkButton>
        <SubmitButton name="do" value="link">
          Link and deliver
        </SubmitButton>
      </div>
    </>
  );
}

/** Searches by posting, so that no name stands in a URL. */
function RosterSearch({ state, searched }: { state: ActionState; searched: HeldSearched | null }) {
  const id = "link-q";
  const error = state.status === "problem" ? state.fields.q : undefined;
  return (
    <div className="field find">
      <label htmlFor={id}>Another student of the roster</label>
      <p className="hint" id={`${id}-hint`}>
        Name, state ID or student number.
      </p>
      {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
      <div className="flex gap-2">
        <div className="search grow">
          <Icon name="search" />
          <input
            className="in"
            id={id}
            name="q"
            type="search"
            autoComplete="off"
            data-no-draft
            defaultValue={searched?.q ?? ""}
            aria-describedby={describedBy(id, { hint: true, error })}
          />
        </div>
        <Button type="submit" name="do" value="search">
          Search
        </Button>
      </div>
      {searched && (
        <p className="small" role="status">
          {searched.hits.length === 0
            ? `No student found for “${searched.q}”. Check the spelling, or try the student number.`
            : `${searched.hits.length === 1 ? "1 student" : `${searched.hits.length} students`} found for “${searched.q}”, added above.`}
        </p>
      )}
    </div>
  );
}
