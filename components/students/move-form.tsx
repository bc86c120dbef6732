import { PersonName, studentLine } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DocumentView } from "@/lib/documents/find-document";
import type { StudentHit } from "@/lib/students/search-students";

/** Moves a document to the student that was found. */
export function MoveForm({
  action,
  document: one,
  to,
  anotherHref,
  closeHref,
}: {
  action: FormAction;
  document: DocumentView;
  to: StudentHit;
  anotherHref: string;
  closeHref: string;
}) {
  return (
    <ActionForm id="move" action={action} className="stack">
      <input type="hidden" name="documentId" value={one.id} />
      <input type="hidden" name="version" value={one.version} />
      <input type="hidden" name="studentId" value={to.id} />
      <div className="well">
        <p>
          <b>
            <PersonName name={to} />
          </b>
        </p>
        <p className="small dim">{studentLine(to)}</p>
        <p>
          <Link href={anotherHref} scroll={false}>
            Choose somebody else
          </Link>
        </p>
      </div>
      <div className="btns">
        <SubmitButton>Move document</SubmitButton>
        <LinkButton href={closeHref}>Close</LinkButton>
      </div>
    </ActionForm>
  );
}
