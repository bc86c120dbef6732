"use client";

import { useContext, useState } from "react";
import { DistrictPicker, type PickedDistrict } from "@/components/transfers/district-picker";
import { postedChoice } from "@/components/transfers/posted-choice";
import { casesWord } from "@/components/transfers/transfer-words";
import { travelling } from "@/components/transfers/travelling";
import { WhatTravels } from "@/components/transfers/what-travels";
import { LinkButton } from "@/components/ui/button";
import { DateField, Select, TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { FormContext } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
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
};

const bases = [
  {
    value: "enrollment",
    label: "Enrollment in the other district",
    hint: "34 CFR 99.31(a)(2). No record request stands behind this transfer, so the parents must be told (99.34).",
  },
  {
    value: "consent",
    label: "Written consent",
    hint: "34 CFR 99.30. The consent is signed and dated, and names the records, the purpose and the district.",
  },
  {
    value: "emergency",
    label: "Health or safety emergency",
    hint: "34 CFR 99.36. Write in the notes what the threat is and to whom: the disclosure record must hold it.",
  },
];

/**
 * The form of **Transfer to District**. Works posted: without script the action answers a search or a chip's cross with what was
 * typed, ticked and found (PostedChoice), and the form is drawn again from that.
 */
export function TransferForm({ action, dispatchId, draft, directory, closeHref, transfers, cases }: Given) {
  const [chosen, setChosen] = useState<PickedDistrict[] | null>(null);
  return (
    <ActionForm action={action} columns draft={draft} foot={<Foot {...{ chosen, cases, closeHref }} />}>
      {(state) => <Columns {...{ state, dispatchId, directory, transfers, cases, chosen, setChosen }} />}
    </ActionForm>
  );
}

type Choosing = { chosen: PickedDistrict[] | null };

function Columns({
  state,
  dispatchId,
  directory,
  transfers,
  cases,
  chosen: own,
  setChosen,
}: Pick<Given, "dispatchId" | "directory" | "transfers" | "cases"> &
  Choosing & { state: ActionState; setChosen(chosen: PickedDistrict[]): void }) {
  const posted = postedChoice(state);
  const chosen = own ?? posted.chosen;
  // What was received is passed on for a reason of its own (34 CFR 99.33): the form suggests none.
  const passesOn = cases.some((one) => one.receivedFrom !== null);
  const [basis, setBasis] = useState(posted.typed.basis || (passesOn ? "" : "enrollment"));
  return (
    <>
      <input type="hidden" name="dispatch" value={dispatchId} />
      <div className="d-col">
        <DistrictPicker
          directory={directory}
          chosen={chosen}
          onChoose={setChosen}
          found={posted.results ? { q: posted.q, results: posted.results } : undefined}
        />
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
        <Select
          name="basis"
          label="Legal basis"
          defaultValue={basis}
          onChange={(event) => setBasis(event.currentTarget.value)}
          hint={bases.find((one) => one.value === basis)?.hint}
          empty={passesOn ? "Choose the legal basis" : undefined}
          options={bases}
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

function Foot({ chosen: own, cases, closeHref }: Pick<Given, "cases" | "closeHref"> & Choosing) {
  const form = useContext(FormContext);
  const chosen = own ?? (form ? postedChoice(form.state).chosen : []);
  const count = travelling(cases, chosen).length;
  return (
    <>
      <p className="small dim">{toldWords(chosen)}</p>
      <LinkButton href={closeHref}>Close</LinkButton>
      <SubmitButton name="do" value="send">
        {count > 0 ? `Transfer ${casesWord(count)}` : "Transfer"}
      </SubmitButton>
    </>
  );
}

function toldWords(chosen: readonly PickedDistrict[]): string {
  const [first, ...others] = chosen;
  if (!first) return "The other district gets an email without names. It opens nothing without the code.";
  if (others.length === 0) return `${first.name} gets an email without names. It opens nothing without the code.`;
  return `${chosen.length} districts get an email without names, each with a code of its own. It opens nothing without the code.`;
}
