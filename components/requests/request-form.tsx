"use client";

import { useState } from "react";
import { DistrictPicker } from "@/components/transfers/district-picker";
import { postedChoice } from "@/components/transfers/posted-choice";
import { LinkButton } from "@/components/ui/button";
import { Checkbox, FieldGroup, Radio } from "@/components/ui/choice";
import { DateField, Select, TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DirectoryEntry } from "@/lib/districts/search-directory";
import type { RequestKind } from "@/lib/requests/request-content";
import type { ActionState } from "@/lib/web/action-state";

type Given = {
  action: FormAction;
  /** The new request's id: clicked twice it's one request. */
  requestId: string;
  /** Whose draft it is that this tab keeps. */
  draft: string;
  directory: string;
  closeHref: string;
  /** What the person may ask for. */
  kinds: readonly RequestKind[];
  types: readonly { value: string; label: string }[];
  /** The person's own e-mail: most ask for themselves. */
  owner: string;
};

const bases = [
  { value: "enrollment", label: "Enrollment in your district (34 CFR 99.31(a)(2))" },
  { value: "consent", label: "Written consent (34 CFR 99.30)" },
  { value: "emergency", label: "Health or safety emergency (34 CFR 99.36)" },
];

/** The form of **Request records**. Works posted: without script the action answers a search with what was typed, chosen and found. */
export function RequestForm({ action, draft, closeHref, ...rest }: Given) {
  return (
    <ActionForm id="ask" action={action} className="stack max-w-[46rem]" draft={draft} warnUnsaved>
      {(state) => (
        <>
          <Fields {...rest} state={state} />
          <div className="btns">
            <SubmitButton name="do" value="send">
              Request records
            </SubmitButton>
            <LinkButton href={closeHref}>Close</LinkButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}

function Fields({
  requestId,
  directory,
  kinds,
  types,
  owner,
  state,
}: Omit<Given, "action" | "draft" | "closeHref"> & { state: ActionState }) {
  const posted = postedChoice(state, "request");
  const [chosen, setChosen] = useState<DirectoryEntry[] | null>(null);
  const was = (name: string, first = "") => posted.typed[name] ?? first;
  const kind = was("kind", kinds[0]);
  const typesGroup = (
    <FieldGroup name="types" label="Which documents?" hint="Ask for what you need. They choose what they send.">
      <div className="two">
        {types.map(({ value, label }) => (
          <Checkbox
            key={value}
            name="types"
            value={value}
            label={label}
            defaultChecked={posted.ticked?.includes(value) ?? false}
          />
        ))}
      </div>
    </FieldGroup>
  );
  return (
    <>
      <input type="hidden" name="request" value={requestId} />
      <DistrictPicker
        what="request"
        directory={directory}
        chosen={chosen ?? posted.chosen}
        onChoose={setChosen}
        posted={posted}
      />
      <h2>Student</h2>
      <div className="two">
        <TextField name="given" label="First name" maxLength={100} autoComplete="off" defaultValue={was("given")} />
        <TextField name="family" label="Last name" maxLength={100} autoComplete="off" defaultValue={was("family")} />
        <DateField name="birthDate" label="Birth date" defaultValue={was("birthDate")} />
        <TextField
          name="grade"
          label="Grade"
          hint="Where they were last, or are now. Optional."
          maxLength={20}
          autoComplete="off"
          defaultValue={was("grade")}
        />
      </div>
      <h2>Records</h2>
      {kinds.length > 1 ? (
        <FieldGroup name="kind" label="What do you ask for?">
          <Radio name="kind" value="documents" label="Documents" defaultChecked={kind === "documents"}>
            {typesGroup}
          </Radio>
          <Radio
            name="kind"
            value="cases"
            label="Behavioral cases"
            hint="They come with history and attachments, and open with an authorization code."
            defaultChecked={kind === "cases"}
            framed
          />
        </FieldGroup>
      ) : (
        <>
          <input type="hidden" name="kind" value={kind} />
          {kind === "documents" ? typesGroup : <p>Behavioral cases, with history and attachments.</p>}
        </>
      )}
      <h2>In your district</h2>
      <div className="two">
        <TextField
          name="sisId"
          label="SIS Student ID"
          hint="The student’s ID in your district; needed for documents."
          maxLength={100}
          autoComplete="off"
          defaultValue={was("sisId")}
        />
        <TextField
          name="owner"
          label="Owner Email or Username"
          hint="Who takes the records over."
          maxLength={254}
          autoComplete="off"
          defaultValue={was("owner", owner)}
        />
      </div>
      <SamePerson state={state} />
      <Select
        name="basis"
        label="Legal basis"
        hint="Why the other district may tell you."
        options={bases}
        defaultValue={was("basis", "enrollment")}
      />
      <TextArea
        name="message"
        label="Message"
        hint="Only those who handle record requests there read it. Optional."
        limit={2_000}
        rows={4}
        defaultValue={was("message")}
      />
    </>
  );
}

/** The second yes where the own student of the SIS Student ID has another name or birth date. Once asked for, it stays with its tick. */
function SamePerson({ state }: { state: ActionState }) {
  if (state.status !== "problem") return null;
  const refusal = state.data as { kind?: string; studentId?: string } | undefined;
  const student = refusal?.kind === "sis-id-of-another" ? refusal.studentId : state.values.same?.[0];
  if (!student) return null;
  return (
    <Checkbox key={student} name="same" value={student} label="It’s the same person: ask with this SIS Student ID" />
  );
}
