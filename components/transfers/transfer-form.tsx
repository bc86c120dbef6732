"use client";

import { useContext, useEffect, useState } from "react";
import { DistrictPicker } from "@/components/transfers/district-picker";
import { LegalBasisFields } from "@/components/transfers/legal-basis-fields";
import { postedChoice } from "@/components/transfers/posted-choice";
import { casesWord } from "@/components/transfers/transfer-words";
import { travelling } from "@/components/transfers/travelling";
import { WhatTravels } from "@/components/transfers/what-travels";
import { LinkButton } from "@/components/ui/button";
import { keepBeside, keptBeside } from "@/components/ui/draft";
import { DateField, TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { FormContext } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DirectoryEntry } from "@/lib/districts/search-directory";
import type { DispatchCase } from "@/lib/transfers/get-dispatch";
import type { ActionState } from "@/lib/web/action-state";

type Given = {
  action: FormAction;
  dispatchId: string;
  /** Whose draft it is that this tab keeps. */
  draft: string;
  directory: string;
  closeHref: string;
  /** Where transfers' details stand: the id follows. */
  transfers: string;
  cases: readonly DispatchCase[];
  /** The record request that it answers: its district comes ticked, its legal basis chosen. */
  answers: { reference: string; legalBasis: string; district: DirectoryEntry } | null;
};

/**
 * The form of **Transfer to District**. Works posted: without script the action answers a search or a chip's cross with what was
 * typed, ticked and found (PostedChoice), and the form is drawn again from that.
 */
export function TransferForm({ action, dispatchId, draft, directory, closeHref, transfers, cases, answers }: Given) {
  const [chosen, setOwn] = useState<DirectoryEntry[] | null>(null);
  // With what was typed, what was ticked is there again after a reload. The server looks again whether it can still be sent to.
  useEffect(() => {
    const kept = keptBeside(draft, "districts");
    if (Array.isArray(kept)) setOwn(kept as DirectoryEntry[]);
  }, [draft]);
  const setChosen = (districts: DirectoryEntry[]) => {
    setOwn(districts);
    keepBeside(draft, "districts", districts);
  };
  return (
    <ActionForm action={action} columns draft={draft} foot={<Foot {...{ chosen, cases, closeHref, answers }} />}>
      {(state) => <Columns {...{ state, dispatchId, directory, transfers, cases, answers, chosen, setChosen }} />}
    </ActionForm>
  );
}

type Choosing = { chosen: DirectoryEntry[] | null };

/** What is ticked: here, else in what was posted, else what the request brings. */
const chosenIn = (own: Choosing["chosen"], state: ActionState, answers: Given["answers"]): DirectoryEntry[] =>
  own ?? (state.status === "idle" ? (answers ? [answers.district] : []) : postedChoice(state, "cases").chosen);

function Columns({
  state,
  dispatchId,
  directory,
  transfers,
  cases,
  answers,
  chosen: own,
  setChosen,
}: Pick<Given, "dispatchId" | "directory" | "transfers" | "cases" | "answers"> &
  Choosing & { state: ActionState; setChosen(chosen: DirectoryEntry[]): void }) {
  const posted = postedChoice(state, "cases");
  const chosen = chosenIn(own, state, answers);
  // What was received is passed on for a reason of its own (34 CFR 99.33): the form suggests none.
  const passesOn = cases.some((one) => one.receivedFrom !== null);
  return (
    <>
      <input type="hidden" name="dispatch" value={dispatchId} />
      <div className="d-col">
        <DistrictPicker what="cases" directory={directory} chosen={chosen} onChoose={setChosen} posted={posted} />
        <fieldset className="field group">
          <legend>Call the other district first</legend>
          <p className="hint">A transfer complements a call, it doesn’t replace it. Optional.</p>
          <div className="two">
            <TextField
              name="spokeWith"
              label="Spoke with"
              maxLength={200}
              autoComplete="off"
              defaultValue={posted.typed.spokeWith}
            />
            <DateField name="spokeOn" label="on" defaultValue={posted.typed.spokeOn} />
          </div>
        </fieldset>
      </div>
      <div className="d-col">
        <WhatTravels cases={cases} chosen={chosen} transfers={transfers} />
        <LegalBasisFields
          suggested={answers?.legalBasis ?? (passesOn ? "" : "enrollment")}
          typed={posted.typed}
          request={answers?.reference ?? null}
        />
        <TextArea
          name="notes"
          label="Notes"
          hint="The other district reads them after giving the code. Optional."
          limit={10_000}
          rows={3}
          defaultValue={posted.typed.notes}
        />
      </div>
    </>
  );
}

function Foot({ chosen: own, cases, closeHref, answers }: Pick<Given, "cases" | "closeHref" | "answers"> & Choosing) {
  const form = useContext(FormContext);
  const chosen = chosenIn(own, form?.state ?? { status: "idle" }, answers);
  const count = travelling(cases, chosen).length;
  const none = chosen.length > 0 && count === 0;
  return (
    <>
      <p className={none ? "small text-held" : "small dim"} id="transfer-told">
        {none ? nothingWords(cases.length, chosen) : toldWords(chosen)}
      </p>
      <LinkButton href={closeHref}>Close</LinkButton>
      <SubmitButton name="do" value="send" disabled={none} aria-describedby={none ? "transfer-told" : undefined}>
        {count > 0 ? `Transfer ${casesWord(count)}` : "Transfer"}
      </SubmitButton>
    </>
  );
}

/** Why nothing can be sent to what is ticked. */
function nothingWords(cases: number, chosen: readonly DirectoryEntry[]): string {
  const to = chosen.length === 1 ? (chosen[0]?.name ?? "") : "each of these districts";
  return `${cases === 1 ? "This case is" : "All of these cases are"} in a transfer to ${to} already: nothing is left to send. Choose another district.`;
}

function toldWords(chosen: readonly DirectoryEntry[]): string {
  const [first, ...others] = chosen;
  if (!first) return "The other district gets an email without names. It opens nothing without the code.";
  if (others.length === 0) return `${first.name} gets an email without names. It opens nothing without the code.`;
  return `${chosen.length} districts get an email without names, each with a code of its own. It opens nothing without the code.`;
}
