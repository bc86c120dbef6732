import { PersonName } from "@/components/cases/words";
import { documentsWord, typeNames } from "@/components/students/student-words";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { dateWords } from "@/components/ui/date";
import { TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DocumentView } from "@/lib/documents/find-document";
import type { StudentFacts } from "@/lib/documents/find-student-page";

/** Destroys documents for good, after the student's name was typed. Inside a dialog. */
export function PurgeForm({
  action,
  documents,
  student,
  closeHref,
}: {
  action: FormAction;
  documents: readonly DocumentView[];
  student: StudentFacts;
  closeHref: string;
}) {
  return (
    <ActionForm
      id="purge"
      action={action}
      foot={
        <>
          <p className="small dim">This can’t be undone by anybody.</p>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Keep {documents.length === 1 ? "it" : "them"}
          </LinkButton>
          <SubmitButton variant="stop">Purge {documentsWord(documents.length)}</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="studentId" value={student.id} />
      <p>
        The file and everything that says what it was go from the database and from the storage at once. What stays is a
        certificate with type, date and checksum, without the title. Copies that other districts got stay with them.
      </p>
      <ul className="att">
        {documents.map((one) => (
          <li key={one.id}>
            <input type="hidden" name="document" value={one.id} />
            <span>
              <b>
                <bdi>{one.title}</bdi>
              </b>
              <small>
                {[typeNames[one.type], one.datedOn && dateWords(one.datedOn, "UTC"), bytesWords(one.size)]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
          </li>
        ))}
      </ul>
      <TextArea
        name="reason"
        label="Reason"
        hint="Stands on the certificate. Name no student in it."
        limit={1000}
        rows={3}
      />
      <TextField
        name="confirm"
        label="To confirm, type the student’s last name or SIS ID"
        hint={
          <>
            <PersonName name={student} />, SIS ID <span className="id">{student.sisId}</span>
          </>
        }
        autoComplete="off"
        spellCheck={false}
      />
    </ActionForm>
  );
}
