"use client";

import { useRef, useState } from "react";
import { LinkStudent } from "@/components/transfers/link-student";
import { isOver, kindOf } from "@/components/transfers/over";
import { casesWord } from "@/components/transfers/transfer-words";
import { Button } from "@/components/ui/button";
import { Checkbox, FieldGroup, Radio } from "@/components/ui/choice";
import { type Option, Select, TextArea } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StudentMatch } from "@/lib/students/match-students";
import type { CaseContent } from "@/lib/transfers/package-content";
import type { ActionState } from "@/lib/web/action-state";

export type IntakeChoice = {
  /** What is chosen, or proposed; null where the person has to look first. */
  decision: "link" | "new" | "leave" | null;
  studentId: string | null;
  /** It was linked to this student before, with every difference confirmed. */
  confirmed: boolean;
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
  /** Of those, how many nobody looks after. */
  unmanaged: number;
  /** This case's page, the transfer's, and where the roster answers while somebody types. */
  links: { page: string; transfer: string; students: string };
  own: string;
  other: string;
};

/** What the action answers to **Search** and **I look after it**, with what else was chosen (pages without script draw the form anew). */
export type Redrawn = {
  found: { q: string; hits: StudentMatch[] } | null;
  /** The student who is chosen. */
  kept: StudentMatch | null;
  typed: Partial<Record<keyof IntakeChoice | "all" | "same", string>>;
};

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
          <Parts state={state} {...{ membershipId }} {...given} />
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
  unmanaged,
  own,
  other,
  links,
  membershipId,
}: Omit<Given, "action" | "transferId" | "n"> & { state: ActionState }) {
  const redrawn = redrawnIn(state);
  const typed = redrawn?.typed ?? {};
  const [decision, setDecision] = useState(typed.decision ?? choice.decision);
  const count = saved + (decision === "leave" ? 0 : 1);
  const { select, all, manager, setManager, setToAll, toAll, take } = useManager(
    typed.managerId ?? choice.managerId ?? "",
    typed.all === "on",
  );
  if (isOver(state))
    return (
      <p>
        <Link href={links.transfer}>See its details</Link>
      </p>
    );
  return (
    <>
      {kindOf(state)?.kind === "details-changed" && (
        <p>
          <a href={links.page}>Load the page again</a>
        </p>
      )}
      <FieldGroup name="decision" label="Who is this case about?" hideLabel fieldClass="choose">
        <Radio
          name="decision"
          value="link"
          label="Link to existing student"
          hint="The case goes to a student of your roster."
          defaultChecked={(typed.decision ?? choice.decision) === "link"}
          onChange={() => setDecision("link")}
        >
          <LinkStudent
            {...{ person, proposed, other }}
            posted={redrawn?.found ?? null}
            chosen={redrawn?.kept ?? null}
            studentId={typed.studentId || (choice.studentId ?? "")}
            confirmed={typed.same === "on" || choice.confirmed}
            searchUrl={links.students}
            nobody="Search for one, or choose Use transfer info."
          />
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
            hint={`${other} reads it in the transfer’s details. Name no student of yours.`}
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
            ref={select}
            onChange={(event) => setManager(event.currentTarget.value)}
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
            ref={all}
            onChange={(event) => setToAll(event.currentTarget.checked)}
          />
        )}
      </fieldset>
      <div className="foot">
        {decision !== "leave" && (
          <Nobody {...{ manager, toAll, take, membershipId, unmanaged: others > 0 ? 0 : unmanaged, managers }} />
        )}
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

const redrawnIn = (state: ActionState): Redrawn | null =>
  state.status === "done" && state.data ? (state.data as Redrawn) : null;

/** Who is chosen as case manager, and a way to choose by a button. */
function useManager(chosen: string, forAll: boolean) {
  const select = useRef<HTMLSelectElement>(null);
  const all = useRef<HTMLInputElement>(null);
  const [manager, setManager] = useState(chosen);
  const [toAll, setToAll] = useState(forAll);
  function take(membershipId: string, others: boolean) {
    if (!select.current) return;
    select.current.value = membershipId;
    // Heard by whoever keeps what was typed.
    select.current.dispatchEvent(new Event("change", { bubbles: true }));
    setManager(membershipId);
    if (others && all.current && !all.current.checked) all.current.click();
    select.current.focus();
  }
  return { select, all, manager, setManager, toAll, setToAll, take };
}

/** Nothing that comes in should lie there unseen: says so beside Save, and never keeps anybody from saving. */
function Nobody({
  manager,
  toAll,
  take,
  membershipId,
  unmanaged,
  managers,
}: Pick<ReturnType<typeof useManager>, "manager" | "toAll" | "take"> &
  Pick<Given, "membershipId" | "unmanaged" | "managers">) {
  const none = manager === "";
  if (!none && (unmanaged === 0 || toAll)) return null;
  const able = none && managers.some((one) => one.value === membershipId);
  return (
    <div className="nobody">
      <p className="err held" role="status">
        <Icon name="triangle-alert" />
        <span>
          {!none
            ? `Nobody looks after ${unmanaged} of the other cases yet. Apply to all gives ${unmanaged === 1 ? "it" : "them"} to this case’s manager.`
            : unmanaged === 0
              ? "Nobody looks after this case yet."
              : `Nobody looks after this case and ${casesWord(unmanaged)} more yet.`}
        </span>
      </p>
      {able && (
        <Button
          type="submit"
          small
          name="do"
          value="mine"
          onClick={(event) => {
            event.preventDefault();
            if (membershipId) take(membershipId, unmanaged > 0);
          }}
        >
          {unmanaged === 0 ? "I look after it" : "I look after them"}
        </Button>
      )}
    </div>
  );
}
