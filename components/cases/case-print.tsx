import { Log, ReceivedHistory } from "@/components/cases/case-log";
import { strategyWords, taskWords } from "@/components/cases/case-plan";
import { CaseFacts, type CasePlace } from "@/components/cases/case-view";
import { gradeWords, PersonName } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { DateText, dateWords } from "@/components/ui/date";
import { PrintButton } from "@/components/ui/print-button";
import type { CaseView } from "@/lib/cases/find-case";

/** The whole case for paper: black on white, no controls but the two on top, which don't print. */
export function CasePrint({
  view,
  place,
  district,
  by,
  now,
}: {
  view: CaseView;
  place: CasePlace;
  district: string;
  by: string;
  now: Date;
}) {
  const { person } = view;
  const about = [
    !person.studentId && "not on the roster",
    person.birthDate && `born ${dateWords(person.birthDate, place.zone)}`,
    person.grade && gradeWords(person.grade),
    person.sisId && `SIS ID ${person.sisId}`,
    person.stateId && `State ID ${person.stateId}`,
  ];
  return (
    <main id="main" className="wrap narrow">
      <p className="btns my-4">
        <PrintButton variant="go" />
        <LinkButton href={`${place.home}/cases/${view.id}`}>Back to the case</LinkButton>
      </p>
      <p className="small dim">
        {district} · printed <DateText value={now} zone={place.zone} shape="minute" /> by {by}. Confidential student
        record.
      </p>
      <h1>
        <PersonName name={person} />
      </h1>
      <p>
        Case <span className="id">{view.number}</span>
        {about.map((fact) => fact && ` · ${fact}`)}
      </p>
      <CaseFacts view={view} />
      {view.transfers
        .filter((transfer) => !transfer.open)
        .map((transfer) => (
          <p key={transfer.id}>
            {transfer.leftOut ? "Left out by" : "Transferred to"} {transfer.district}, {transfer.state}
            {transfer.decidedAt && `, on ${dateWords(transfer.decidedAt, place.zone)}`} (
            <span className="id">{transfer.reference}</span>).
          </p>
        ))}
      <section className="sec-2" aria-labelledby="plan">
        <h2 id="plan">Management plan</h2>
        <h3 className="h-sub">Strategies</h3>
        {view.strategies.length === 0 && <p>None.</p>}
        <ul className="strat">
          {view.strategies.map((strategy) => (
            <li key={strategy.id}>
              <span dir="auto">{strategy.text}</span>
              <span className="small dim">{strategyWords(strategy, place.zone)}</span>
            </li>
          ))}
        </ul>
        <h3 className="h-sub">Tasks</h3>
        {view.tasks.length === 0 && <p>None.</p>}
        <ul className="strat">
          {view.tasks.map((task) => (
            <li key={task.id}>
              <span>
                {task.doneAt ? "☑" : "☐"} <span dir="auto">{task.text}</span>
              </span>
              <span className="small dim">{taskWords(task, place).text || "Open"}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="sec-2" aria-labelledby="history">
        <h2 id="history">History</h2>
        {view.notes.length > 0 ? <Log notes={view.notes} place={place} /> : <p>No notes.</p>}
      </section>
      {view.origin && <ReceivedHistory view={view} origin={view.origin} place={place} heading="h2" />}
      <section className="sec-2" aria-labelledby="attachments">
        <h2 id="attachments">Attachments</h2>
        {view.attachments.length === 0 && <p>None.</p>}
        <ul className="strat">
          {view.attachments.map((file) => (
            <li key={file.id}>
              <bdi>{file.name}</bdi>
              <span className="small dim">
                {bytesWords(file.size)} · <DateText value={file.addedAt} zone={place.zone} /> ·{" "}
                {file.received ? "received" : file.addedBy}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}
