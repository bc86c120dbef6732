import { CaseFacts } from "@/components/cases/case-view";
import { IfChanged } from "@/components/cases/if-changed";
import type { Who } from "@/components/cases/person-choice";
import { LinkButton } from "@/components/ui/button";
import { Checkbox, FieldGroup } from "@/components/ui/choice";
import { DateField, Select, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CaseChoices } from "@/lib/cases/case-choices";
import type { CaseView } from "@/lib/cases/find-case";

const levels = [
  { value: "low", label: "Low" },
  { value: "moderate", label: "Moderate" },
  { value: "high", label: "High" },
  { value: "imminent", label: "Imminent" },
];
const statuses = [
  { value: "open", label: "Open" },
  { value: "monitoring", label: "Monitoring" },
  { value: "closed", label: "Closed" },
];

/** Opens a case (`who` is chosen above the form) or changes the facts of one (`view`). */
export function CaseForm({
  action,
  choices,
  who,
  newId,
  view,
  draft,
  closeHref,
}: {
  action: FormAction;
  choices: CaseChoices;
  who?: Who;
  /** The id of the case to be: a second click makes no second case. */
  newId?: string;
  view?: CaseView;
  draft: string;
  closeHref: string;
}) {
  const chosen = new Set(view?.assigned.map((one) => one.id));
  return (
    <ActionForm id="case" action={action} className="stack" warnUnsaved={view !== undefined} draft={draft}>
      {view && (
        <IfChanged>
          <CaseFacts view={view} />
        </IfChanged>
      )}
      {newId && <input type="hidden" name="id" value={newId} />}
      {view && <input type="hidden" name="caseId" value={view.id} />}
      {view && <input type="hidden" name="version" value={view.version} />}
      {who && <input type="hidden" name="who" value={who.kind} />}
      {who?.kind === "student" && <input type="hidden" name="studentId" value={who.student.id} />}
      {who?.kind === "person" && <PersonFields />}
      <div className="three">
        <Select
          name="level"
          label="Level of concern"
          options={levels}
          empty={view ? undefined : "Choose the level"}
          defaultValue={view?.level}
        />
        <Select name="status" label="Status" options={statuses} defaultValue={view?.status ?? "open"} />
        <Select
          name="buildingId"
          label="Building"
          options={choices.buildings.map(option)}
          empty="No building"
          defaultValue={view?.building?.id}
        />
      </div>
      <div className="two">
        <Select
          name="teamId"
          label="Team"
          options={choices.teams.map((team) => ({
            value: team.id,
            label: team.leader ? `${team.name} (led by ${team.leader})` : team.name,
          }))}
          empty="No team"
          defaultValue={view?.team?.id}
        />
        <Select
          name="managerId"
          label="Case manager"
          options={choices.people.map(option)}
          empty="Nobody yet"
          defaultValue={view?.manager?.id}
        />
      </div>
      <FieldGroup
        name="assigned"
        label="Assigned users"
        hint="They see the case and are told of its transfers. Everyone with Manage Cases sees it anyway; a case manager without it is assigned by itself."
      >
        <div className="grid gap-2 max-h-64 overflow-y-auto rounded-md border border-line p-3">
          {choices.people.map((person) => (
            <Checkbox
              key={person.id}
              name="assigned"
              value={person.id}
              label={person.name}
              defaultChecked={chosen.has(person.id)}
            />
          ))}
        </div>
      </FieldGroup>
      <div className="btns">
        <SubmitButton>{view ? "Save" : "Create case"}</SubmitButton>
        <LinkButton href={closeHref}>Close</LinkButton>
      </div>
    </ActionForm>
  );
}

const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });

/** What's known of somebody who isn't on the roster. */
export function PersonFields({ person }: { person?: CaseView["person"] }) {
  return (
    <>
      <div className="two">
        <TextField name="givenName" label="First name" autoComplete="off" defaultValue={person?.givenName} />
        <TextField name="familyName" label="Last name" autoComplete="off" defaultValue={person?.familyName} />
      </div>
      <div className="two">
        <DateField name="birthDate" label="Birth date (if known)" defaultValue={person?.birthDate} />
        <TextField
          name="grade"
          label="Grade (if known)"
          hint="A number, or KG for kindergarten"
          autoComplete="off"
          defaultValue={person?.grade}
        />
      </div>
    </>
  );
}
