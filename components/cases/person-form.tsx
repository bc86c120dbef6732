import { PersonFields } from "@/components/cases/case-form";
import { IfChanged } from "@/components/cases/if-changed";
import type { Who } from "@/components/cases/person-choice";
import { PersonName } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { FieldGroup, Radio } from "@/components/ui/choice";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CaseView } from "@/lib/cases/find-case";

/** Saves whom a case is about, once a student is chosen above, or with what's typed about somebody who isn't on the roster. */
export function PersonForm({
  action,
  view,
  who,
  closeHref,
}: {
  action: FormAction;
  view: CaseView;
  who: Exclude<Who, { kind: "none" }>;
  closeHref: string;
}) {
  const same = who.kind === "student" && who.student.id === view.person.studentId;
  const writtenDown = view.person.studentId === null;
  return (
    <ActionForm id="person" action={action} className="stack" warnUnsaved={who.kind === "person"}>
      <input type="hidden" name="caseId" value={view.id} />
      <input type="hidden" name="version" value={view.version} />
      {who.kind === "student" && <input type="hidden" name="studentId" value={who.student.id} />}
      {who.kind === "person" && !writtenDown && <input type="hidden" name="how" value="another" />}
      {who.kind === "student" && <input type="hidden" name="how" value="student" />}
      {who.kind === "person" && writtenDown && (
        <FieldGroup name="how" label="What changes?">
          <Radio
            name="how"
            value="correct"
            label="What’s written here about this person was wrong or incomplete"
            hint="Other cases of the same person show it too."
            defaultChecked
          />
          <Radio name="how" value="another" label="The case is about another person" />
        </FieldGroup>
      )}
      {who.kind === "person" && <PersonFields {...(writtenDown ? { person: view.person } : {})} />}
      <IfChanged>
        <p>
          The case is about <PersonName name={view.person} />.
        </p>
      </IfChanged>
      {same && <p className="small dim">The case is about this student already.</p>}
      <div className="btns">
        {!same && <SubmitButton>Change person of concern</SubmitButton>}
        <LinkButton href={closeHref}>Close</LinkButton>
      </div>
    </ActionForm>
  );
}
