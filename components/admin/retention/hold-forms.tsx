import { PersonName } from "@/components/cases/words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { dateWords } from "@/components/ui/date";
import { TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StandingHold } from "@/lib/students/find-holds";
import type { HoldRow } from "@/lib/students/list-holds";

/** Places a legal hold: on the student or case that the page was opened from, or on whom somebody types. */
export function PlaceHoldForm({
  action,
  on,
  standing,
  zone,
  closeHref,
}: {
  action: FormAction;
  on: { name: "student" | "case"; id: string; words: string } | null;
  /** The holds that stand on it already. */
  standing: readonly StandingHold[];
  zone: string;
  closeHref: string;
}) {
  return (
    <ActionForm
      id="hold"
      action={action}
      className="stack"
      foot={
        <>
          <LinkButton href={closeHref} scroll={false}>
            Close
          </LinkButton>
          <SubmitButton>Place legal hold</SubmitButton>
        </>
      }
    >
      {on ? (
        <>
          <input type="hidden" name={on.name} value={on.id} />
          <p>
            <b>On {on.words}.</b>
          </p>
          {standing.length > 0 && (
            <Banner
              kind="held"
              icon="lock"
              fact={
                standing.length === 1 ? "A legal hold stands on this." : `${standing.length} legal holds stand on this.`
              }
            >
              {standing.map((hold) => (
                <span key={hold.id} className="block">
                  Since {dateWords(hold.placedAt, zone)}: <bdi>{hold.reason}</bdi>
                </span>
              ))}
              Place another for another matter alone.{" "}
              <Link href={closeHref}>Look at {standing.length === 1 ? "it" : "them"}</Link>
            </Banner>
          )}
        </>
      ) : (
        <TextField
          name="about"
          label="SIS ID or case number"
          hint="A student’s SIS ID holds all of their documents and cases; a case’s number holds that case alone, and needs Manage Cases."
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <TextArea
        name="reason"
        label="Reason"
        hint="The matter: a complaint, a claim, a request to inspect. Seen by who has Manage District or Purge."
        limit={1000}
        rows={3}
      />
    </ActionForm>
  );
}

/** Lifts a legal hold, saying why. The focus starts on the safe button. */
export function LiftHoldForm({ action, hold, closeHref }: { action: FormAction; hold: HoldRow; closeHref: string }) {
  return (
    <ActionForm
      id="lift"
      action={action}
      className="stack"
      foot={
        <>
          <LinkButton data-autofocus href={closeHref} scroll={false}>
            Leave it
          </LinkButton>
          <SubmitButton variant="stop">Lift legal hold</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="hold" value={hold.id} />
      <p>
        <b>{hold.person ? <PersonName name={hold.person} /> : `Hold ${hold.id.slice(0, 8)}`}</b>
        {hold.person?.sisId && `, SIS ID ${hold.person.sisId}`}
        {hold.on === "student"
          ? ": all documents and cases"
          : hold.case
            ? `: case ${hold.case.number} alone`
            : ": a case that is shown with Manage Cases"}
      </p>
      <p>
        It was placed because: <bdi className="whitespace-pre-line">{hold.reason}</bdi>
      </p>
      <p>What is due can then be destroyed again, by two people. Other holds on it go on standing.</p>
      <TextArea name="reason" label="Why it’s lifted" limit={1000} rows={3} />
    </ActionForm>
  );
}
