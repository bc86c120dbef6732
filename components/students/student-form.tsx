"use client";

import { LinkButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { dateWords } from "@/components/ui/date";
import { DateField, Select, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StudentFacts } from "@/lib/documents/find-student-page";
import type { ActionState } from "@/lib/web/action-state";

type Alike = { id: string; name: string; sisId: string; birthDate: string | null };
/** What a refusal says besides its sentence. */
type Refusal = { kind?: string; studentId?: string; name?: string; students?: Alike[] };

/** Adds a student by hand, or corrects one who was. Says whose a SIS ID is, and who is of about the same name and birth date. */
export function StudentForm({
  action,
  students,
  buildings,
  student,
  newId,
  draft,
  closeHref,
}: {
  action: FormAction;
  /** /d/<district>/students */
  students: string;
  buildings: readonly { id: string; name: string }[];
  student?: StudentFacts;
  /** The id of the student to be: a second click makes no second student. */
  newId?: string;
  draft: string;
  closeHref: string;
}) {
  return (
    <ActionForm id="student" action={action} className="stack" warnUnsaved draft={draft}>
      {(state) => (
        <>
          <input type="hidden" name="id" value={student?.id ?? newId} />
          {student && <input type="hidden" name="mark" value={student.mark} />}
          <div className="two">
            <TextField name="givenName" label="First name" autoComplete="off" defaultValue={student?.givenName} />
            <TextField name="familyName" label="Last name" autoComplete="off" defaultValue={student?.familyName} />
          </div>
          <div className="two">
            <TextField
              name="preferredName"
              label="Goes by (if different)"
              autoComplete="off"
              defaultValue={student?.preferredName}
            />
            <DateField name="birthDate" label="Birth date" defaultValue={student?.birthDate} />
          </div>
          <div className="two">
            <TextField
              name="sisId"
              label="SIS ID"
              hint="The number that your student information system gives"
              autoComplete="off"
              defaultValue={student?.sisId}
            />
            <TextField
              name="stateId"
              label="State ID (if known)"
              hint="The number that the state gives"
              autoComplete="off"
              defaultValue={student?.stateId}
            />
          </div>
          <div className="two">
            <TextField
              name="grade"
              label="Grade"
              hint="A number, or KG for kindergarten"
              autoComplete="off"
              defaultValue={student?.grade}
            />
            <Select
              name="buildingId"
              label="Building"
              hint="Where the student goes"
              options={buildings.map(({ id, name }) => ({ value: id, label: name }))}
              empty="No building"
              defaultValue={student?.building?.id}
            />
          </div>
          <Near state={state} students={students} />
          <div className="btns">
            <SubmitButton>{student ? "Save" : "Add student"}</SubmitButton>
            <LinkButton href={closeHref}>Close</LinkButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}

/** Whom the form was refused for. */
function Near({ state, students }: { state: ActionState; students: string }) {
  const refusal = state.status === "problem" ? (state.data as Refusal | undefined) : undefined;
  if (refusal?.kind === "sis-id-taken") {
    return (
      <p>
        The SIS ID belongs to{" "}
        <Link href={`${students}/${refusal.studentId}`}>
          <bdi>{refusal.name}</bdi>
        </Link>
        .
      </p>
    );
  }
  // Once it was asked for, the box stays with its tick, whatever else is to be corrected.
  const ticked = state.status === "problem" && state.values.anotherOne !== undefined;
  if (refusal?.kind !== "student-alike" && !ticked) return null;
  return (
    <>
      {refusal?.students && (
        <ul className="att" aria-label="Students who are here already">
          {refusal.students.map((one) => (
            <li key={one.id}>
              <span>
                <Link href={`${students}/${one.id}`}>
                  <bdi>{one.name}</bdi>
                </Link>
                <small>
                  SIS ID {one.sisId}
                  {one.birthDate && ` · born ${dateWords(one.birthDate, "UTC")}`}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Checkbox name="anotherOne" label="This is somebody else" />
    </>
  );
}
