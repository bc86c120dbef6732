import { DateText, dateWords } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import { Level } from "@/components/ui/level";
import { Facts } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { CaseContent } from "@/lib/transfers/package-content";

const statusNames: Record<CaseContent["status"], string> = { open: "Open", monitoring: "Monitoring", closed: "Closed" };
const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** What came with a case, as the other district wrote it: the canary copy, folded. */
export function ReceivedContent({ content, from, zone }: { content: CaseContent; from: string; zone: string }) {
  const { person, notes, strategies, tasks, attachments } = content;
  const day = (value: string | null) => (value ? dateWords(value, zone) : null);
  return (
    <details className="copy came">
      <summary>
        <b>What came with it:</b> {count(notes.length, "note", "notes")},{" "}
        {count(strategies.length, "strategy", "strategies")}, {count(tasks.length, "task", "tasks")},{" "}
        {count(attachments.length, "attachment", "attachments")}
      </summary>
      <div className="copy-h">
        <h3>
          Case {content.number} of {from}
        </h3>
        <StateChip state="readOnly" />
      </div>
      <Facts
        facts={[
          ["Person", <bdi key="person">{[person.given, person.middle, person.family].filter(Boolean).join(" ")}</bdi>],
          person.preferred !== null && ["Preferred name", <bdi key="preferred">{person.preferred}</bdi>],
          ["Birth date", day(person.birthDate) ?? "Not given"],
          ["State ID", person.stateId ?? "Not given"],
          ["Grade", person.grade ?? "Not given"],
          ["On their roster", person.onRoster ? "Yes" : "No"],
          ["Status", statusNames[content.status]],
          ["Level of concern", <Level key="level" level={content.level} />],
          ["Building", content.building ?? "None"],
          [
            "Team",
            content.team ? `${content.team}${content.teamLeader ? `, led by ${content.teamLeader}` : ""}` : "None",
          ],
          ["Case manager", content.manager ?? "None"],
          content.assigned.length > 0 && ["Assigned", content.assigned.join(", ")],
          ["Opened", day(content.openedAt)],
        ]}
      />
      {strategies.length + tasks.length > 0 && (
        <>
          <h4 className="h-sub">Strategies</h4>
          {strategies.length === 0 && <p className="small dim">None.</p>}
          <ul className="strat">
            {strategies.map((one, at) => (
              <li key={`${at}-${one.text}`}>
                <span>{one.text}</span>
                <span className="small dim">
                  {[
                    one.startedOn && `from ${day(one.startedOn)}`,
                    one.endedOn && `until ${day(one.endedOn)}`,
                    one.outcome,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </li>
            ))}
          </ul>
          <h4 className="h-sub">Tasks</h4>
          <p className="small dim">
            {tasks.length === 0
              ? "None."
              : `As ${from} has them, with its people. Hand them over on the case’s page, once it’s saved.`}
          </p>
          <ul className="tasks">
            {tasks.map((one, at) => (
              <li key={`${at}-${one.text}`}>
                {one.text}
                <small>
                  {[
                    one.assignee,
                    one.doneAt ? `done ${day(one.doneAt)}` : one.dueOn ? `due ${day(one.dueOn)}` : "no due date",
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      {attachments.length > 0 && (
        <>
          <h4 className="h-sub">Attachments (they can be opened once saved)</h4>
          <ul className="files">
            {attachments.map((one) => (
              <li key={one.file}>
                <Icon name="paperclip" /> <bdi>{one.name}</bdi>{" "}
                <span className="small dim">
                  {one.addedBy}, {day(one.addedAt)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {notes.length > 0 && (
        <>
          <h4 className="h-sub">History</h4>
          <ol className="log">
            {[...notes].reverse().map((one, at) => (
              <li key={`${at}-${one.writtenAt}`}>
                <p className="log-when">
                  <b>
                    <DateText value={one.writtenAt} zone={zone} />
                  </b>{" "}
                  <span>{one.author}</span>
                </p>
                <p className="log-what whitespace-pre-line" dir="auto">
                  {one.body}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </details>
  );
}
