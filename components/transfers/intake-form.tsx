"use client";

import { useState } from "react";
import { CompareTable, CompareVerdict, verdictWords } from "@/components/transfers/compare-table";
import { casesWord } from "@/components/transfers/transfer-words";
import { Button } from "@/components/ui/button";
import {
  Checkbox,
  describedBy,
  ErrorLine,
  FieldGroup,
  type Option,
  Radio,
  Select,
  TextArea,
} from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StudentMatch } from "@/lib/students/match-students";
import type { CaseContent } from "@/lib/transfers/package-content";
import type { ActionState } from "@/lib/web/action-state";

export type IntakeChoice = {
  /** What is chosen, or proposed; null where the person has to look first. */
  decision: "link" | "new" | "leave" | null;
  studentId: string | null;
  buildingId: string | null;
  teamId: string | null;
  managerId: string | null;
  reason: string;
};
type Given = {
  action: FormAction;
  /** Whose draft it is that this tab keeps. */
  membershipId: string | null;
  transferId: string;
  n: number;
  person: CaseContent["person"];
  /** Whom the case may be about, the proposed one first. */
  candidates: readonly StudentMatch[];
  choice: IntakeChoice;
  buildings: readonly Option[];
  teams: readonly Option[];
  managers: readonly Option[];
  /** Cases still open besides this one; those after it may take over team and case manager. */
  others: number;
  total: number;
  /** Other cases that Save puts into the district, once everything is decided. */
  saved: number;
  own: string;
  other: string;
};

/** What the action answers to a roster search, with what else was chosen (pages without script draw the form anew). */
export type Searched = { q: string; hits: StudentMatch[]; typed: Partial<Record<keyof IntakeChoice | "all", string>> };

/** One case of an unlocked transfer: who it is about here, where it goes; then the next one, or **Save**. */
export function IntakeForm({ action, membershipId, transferId, n, ...given }: Given) {
  return (
    <ActionForm
      action={action}
      className="enter-form group grid gap-4"
      id="intake"
      draft={`intake:${membershipId}:${transferId}:${n}`}
    >
      {(state) => (
        <>
          <input type="hidden" name="transfer" value={transferId} />
          <input type="hidden" name="n" value={n} />
          <Parts state={state} {...given} />
        </>
      )}
    </ActionForm>
  );
}

function Parts({
  state,
  person,
  candidates: proposed,
  choice,
  buildings,
  teams,
  managers,
  others,
  total,
  saved,
  own,
  other,
}: Omit<Given, "action" | "membershipId" | "transferId" | "n"> & { state: ActionState }) {
  const searched = searchedIn(state);
  const hits = (searched?.hits ?? []).filter((hit) => !proposed.some((one) => one.id === hit.id));
  const candidates = [...proposed, ...hits];
  const typed = searched?.typed ?? {};
  const [decision, setDecision] = useState(typed.decision ?? choice.decision);
  const count = saved + (decision === "leave" ? 0 : 1);
  const studentId = typed.studentId || (choice.studentId ?? candidates[0]?.id ?? "");
  return (
    <>
      <FieldGroup name="decision" label="Who is this case about?" hideLabel fieldClass="choose">
        <Radio
          name="decision"
          value="link"
          label="Link to existing student"
          hint="The case goes to a student of your roster."
          defaultChecked={(typed.decision ?? choice.decision) === "link"}
          onChange={() => setDecision("link")}
        >
          <Candidates {...{ candidates, first: proposed[0]?.id, person, studentId, other }} />
          <RosterSearch {...{ state, searched, more: proposed.length - 1 }} />
        </Radio>
        <Radio
          name="decision"
          value="new"
          label="Use transfer info"
          hint="Makes a person of concern who isn’t on your roster. You can link the student later."
          defaultChecked={(typed.decision ?? choice.decision) === "new"}
          onChange={() => setDecision("new")}
          framed
        />
        <Radio
          name="decision"
          value="leave"
          label="Leave out"
          hint="The case doesn’t come into your district."
          defaultChecked={(typed.decision ?? choice.decision) === "leave"}
          onChange={() => setDecision("leave")}
        >
          <TextArea
            name="reason"
            label="Reason"
            hint="Stays in the transfer’s details. Name no student."
            limit={1_000}
            rows={2}
            defaultValue={typed.reason ?? choice.reason}
          />
        </Radio>
      </FieldGroup>
      <fieldset className="place group-has-[[value=leave]:checked]:hidden">
        <legend>Where does the case go?</legend>
        <div className="three">
          <Select
            name="building"
            label="Building"
            empty="No building"
            options={buildings}
            defaultValue={typed.buildingId ?? choice.buildingId}
          />
          <Select
            name="team"
            label="Team"
            empty="No team"
            options={teams}
            defaultValue={typed.teamId ?? choice.teamId}
          />
          <Select
            name="manager"
            label="Case manager"
            empty="No case manager"
            options={managers}
            defaultValue={typed.managerId ?? choice.managerId}
          />
        </div>
        {total > 1 && (
          <Checkbox
            name="all"
            label={
              others > 0
                ? `Apply to all: use this team and case manager for the ${others === 1 ? "case" : `${others} cases`} after this one, too`
                : "Apply to all: use this team and case manager for all cases that have none"
            }
            defaultChecked={typed.all === "on"}
          />
        )}
      </fieldset>
      <div className="foot">
        <p className="small dim">
          <b>Save</b> puts {others > 0 ? `all ${casesWord(total)}` : casesWord(count)} into {own}.{" "}
          {others > 0 ? `${others === 1 ? "1 other still needs" : `${others} others still need`} details.` : ""}
        </p>
        {others > 0 ? (
          <>
            <Button type="submit" name="do" value="save">
              Save
            </Button>
            <SubmitButton name="do" value="next" iconAfter="chevron-right">
              Next case
            </SubmitButton>
          </>
        ) : (
          <SubmitButton name="do" value="save">
            {count > 0 ? `Save ${casesWord(count)}` : "Save"}
          </SubmitButton>
        )}
      </div>
    </>
  );
}

function searchedIn(state: ActionState): Searched | null {
  return state.status === "done" && state.data ? (state.data as Searched) : null;
}

function Candidates({
  candidates,
  first,
  person,
  studentId,
  other,
}: {
  candidates: readonly StudentMatch[];
  first: string | undefined;
  person: CaseContent["person"];
  studentId: string;
  other: string;
}) {
  const [only, ...more] = candidates;
  if (!only) return <p>No student of your roster comes near. Search for one, or choose Use transfer info.</p>;
  if (more.length === 0)
    return (
      <div className="grid gap-3">
        <input type="hidden" name="studentId" value={only.id} />
        <CompareTable person={person} student={only} title={only.id === first ? "Best match: " : "Found: "} />
        <CompareVerdict student={only} other={other} />
      </div>
    );
  return (
    <FieldGroup name="studentId" label="Which student?" fieldClass="candidates">
      {candidates.map((one) => (
        <Radio
          key={one.id}
          name="studentId"
          value={one.id}
          label={
            <>
              {one.id === first && <span className="dim">Best match: </span>}
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
          <CompareTable person={person} student={one} title="" />
          <CompareVerdict student={one} other={other} />
        </Radio>
      ))}
    </FieldGroup>
  );
}

/** Searches by posting, so that no name stands in a URL. */
function RosterSearch({ state, searched, more }: { state: ActionState; searched: Searched | null; more: number }) {
  const id = "intake-q";
  const error = state.status === "problem" ? state.fields.q : undefined;
  return (
    <div className="field find">
      <label htmlFor={id}>Another student of the roster</label>
      <p className="hint" id={`${id}-hint`}>
        Name, state ID or student number.
        {more > 0 && ` ${more} more possible ${more === 1 ? "match stands" : "matches stand"} above.`}
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
