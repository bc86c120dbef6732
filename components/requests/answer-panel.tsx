import { CompareTable, verdictWords } from "@/components/transfers/compare-table";
import { casesWord } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { Checkbox, FieldGroup } from "@/components/ui/choice";
import { dateWords } from "@/components/ui/date";
import { TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RequestDetails } from "@/lib/requests/get-request";
import type { Proposal } from "@/lib/requests/propose-answer";

export type AnswerPanelProps = {
  request: Pick<RequestDetails, "id" | "kind" | "what" | "otherDistrict"> & {
    content: NonNullable<RequestDetails["content"]>;
  };
  proposals: readonly Proposal[];
  /** Chooses the ticked documents or cases of a student, and goes on to the transfer, filled in. */
  answerAction: FormAction;
  /** Finds a student of the roster by SIS Student ID. */
  findAction: FormAction;
  /** Where students' pages stand: the id follows. */
  students: string;
};

/** The holder's answer: whom the request means, what could be sent, and one click that goes on to the transfer. */
export function AnswerPanel({ request, proposals, answerAction, findAction, students }: AnswerPanelProps) {
  const [best, ...others] = proposals;
  return (
    <section className="sec-2" aria-labelledby="answer">
      <SectionHead
        id="answer"
        title="Answer it"
        note="The transfer comes up filled in; nothing is sent before you confirm"
      />
      {best ? (
        <Candidate {...{ request, answerAction, students }} proposal={best} />
      ) : (
        <Banner kind="held" fact="Nobody on your roster matches this name and birth date.">
          Look the student up, and type the SIS Student ID below. If nobody by that name was ever enrolled, decline.
        </Banner>
      )}
      {others.length > 0 && (
        <details className="mt-4">
          <summary className="link-like">
            {others.length === 1 ? "1 other student" : `${others.length} other students`} could be meant
          </summary>
          {others.map((proposal) => (
            <Candidate key={proposal.student.id} {...{ request, answerAction, students }} proposal={proposal} />
          ))}
        </details>
      )}
      <ActionForm id="find" action={findAction} className="mt-4">
        <input type="hidden" name="request" value={request.id} />
        <div className="strip">
          <TextField
            name="sisId"
            label={best ? "Another student of yours" : "The student on your roster"}
            hint="SIS Student ID"
            maxLength={100}
            autoComplete="off"
          />
          <Button type="submit" className="self-end">
            Compare
          </Button>
        </div>
      </ActionForm>
    </section>
  );
}

function Candidate({
  request,
  proposal,
  answerAction,
  students,
}: { proposal: Proposal } & Pick<AnswerPanelProps, "request" | "answerAction" | "students">) {
  const { student, documents, cases } = proposal;
  const { content, kind } = request;
  const documentsAsked = kind === "documents";
  const nothing = documentsAsked ? documents.length === 0 : cases.length === 0;
  const wanted = documents.some((one) => one.wanted);
  return (
    <div className="well mb-4">
      <CompareTable
        person={{
          given: content.given,
          family: content.family,
          birthDate: content.birthDate,
          stateId: null,
          grade: content.grade,
        }}
        student={student}
        title=""
        sentIn="In the request"
      />
      {!student.comparison.allAgree && (
        <p className="small text-held">{verdictWords(student)}. Make sure that it’s the same person before you send.</p>
      )}
      {nothing ? (
        <p className="mt-3">
          {documentsAsked ? "There are no documents of this student." : "There is no case about this student."} Choose
          another student,{" "}
          {documentsAsked && (
            <>
              upload what is asked for on <Link href={`${students}/${student.id}`}>the student’s page</Link>,{" "}
            </>
          )}
          or decline.
        </p>
      ) : (
        <ActionForm id={`answer-${student.id}`} action={answerAction} className="stack mt-4">
          <input type="hidden" name="request" value={request.id} />
          <input type="hidden" name="student" value={student.id} />
          {documentsAsked ? (
            <FieldGroup
              name="documents"
              label="Documents"
              hint={
                wanted
                  ? `Asked for: ${request.what}.`
                  : `Asked for: ${request.what}. None of these is; tick what you send instead.`
              }
            >
              {documents.map((one) => (
                <Checkbox
                  key={one.id}
                  name="documents"
                  value={one.id}
                  label={one.title}
                  hint={[one.type, one.datedOn && dateWords(one.datedOn, "UTC"), bytesWords(one.bytes)]
                    .filter(Boolean)
                    .join(" · ")}
                  defaultChecked={one.wanted}
                />
              ))}
            </FieldGroup>
          ) : (
            <FieldGroup name="cases" label="Cases">
              {cases.map((one) => (
                <Checkbox
                  key={one.id}
                  name="cases"
                  value={one.id}
                  label={one.number}
                  hint={`${one.status === "closed" ? "Closed" : one.status === "monitoring" ? "Monitoring" : "Open"} · ${
                    one.attachments === 1 ? "1 attachment" : `${one.attachments} attachments`
                  }`}
                  defaultChecked={one.status !== "closed" || cases.every((other) => other.status === "closed")}
                />
              ))}
            </FieldGroup>
          )}
          <SubmitButton>
            {documentsAsked ? "Transfer documents" : `Transfer ${cases.length === 1 ? casesWord(1) : "cases"}`}
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}
