import type { CasePlace } from "@/components/cases/case-view";
import { TaskTick } from "@/components/cases/task-tick";
import { LinkButton } from "@/components/ui/button";
import { dateWords } from "@/components/ui/date";
import type { FormAction } from "@/components/ui/form";
import { SectionHead } from "@/components/ui/page-head";
import type { CaseStrategy, CaseTask, CaseView } from "@/lib/cases/find-case";

/** The management plan: strategies, and tasks that can be ticked. */
export function CasePlan({ view, place, tickAction }: { view: CaseView; place: CasePlace; tickAction: FormAction }) {
  return (
    <section aria-labelledby="plan">
      <SectionHead id="plan" title="Management plan">
        {view.canEdit && (
          <LinkButton small href={`${place.home}/cases/${view.id}/plan`}>
            Edit
          </LinkButton>
        )}
      </SectionHead>
      <h3 className="h-sub">Strategies</h3>
      {view.strategies.length === 0 && <p className="small dim">None yet.</p>}
      <ul className="strat">
        {view.strategies.map((strategy) => (
          <li key={strategy.id}>
            <span dir="auto">{strategy.text}</span>
            <span className="small dim">{strategyWords(strategy, place.zone)}</span>
          </li>
        ))}
      </ul>
      <h3 className="h-sub">Tasks</h3>
      {view.tasks.length === 0 && <p className="small dim">None yet.</p>}
      <ul className="tasks">
        {view.tasks.map((task) => {
          const away = task.theirs && !task.doneAt;
          const words = taskWords(away ? { ...task, assignee: null } : task, place);
          return (
            <li key={task.id}>
              <TaskTick
                action={tickAction}
                caseId={view.id}
                taskId={task.id}
                done={task.doneAt !== null}
                text={task.text}
                look={words.look}
              >
                {words.text}
              </TaskTick>
              {away && <Theirs {...{ task, view, place }} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A task that came for somebody of the other district: nobody here has it until it's handed over. */
function Theirs({ task, view, place }: { task: CaseTask; view: CaseView; place: CasePlace }) {
  return (
    <p className="theirs">
      <small>
        Still with {task.assignee}, {view.origin?.district ?? "the district that sent it"}. Nobody here has it.
      </small>
      {view.canEdit && (
        <LinkButton
          small
          href={`${place.home}/cases/${view.id}/plan?open=${task.id}#tasks`}
          aria-label={`Hand over: ${task.text}`}
        >
          Hand over
        </LinkButton>
      )}
    </p>
  );
}

/** "In use since Aug 1, 2025" · "Ended May 5, 2026: no longer needed" */
export function strategyWords({ startedOn, endedOn, outcome }: CaseStrategy, zone: string): string {
  const since = startedOn ? `In use since ${dateWords(startedOn, zone)}` : "In use";
  const what = endedOn ? `Ended ${dateWords(endedOn, zone)}` : since;
  return outcome ? `${what}: ${outcome}` : what;
}

/** "Paul Whitcomb, due in 4 working days" · "Paul Whitcomb, done Sep 4, 2026" · "Paul Whitcomb (of the sending district), due today" */
export function taskWords(task: CaseTask, { zone }: CasePlace): { text: string; look: CaseTask["dueLook"] } {
  const how = task.doneAt
    ? `done ${dateWords(task.doneAt, zone)}`
    : task.due && `${task.due} (${dateWords(task.dueOn ?? "", zone)})`;
  const who = task.theirs && task.assignee ? `${task.assignee} (of the sending district)` : task.assignee;
  const parts = [who, how].filter(Boolean).join(", ");
  return { text: parts.charAt(0).toUpperCase() + parts.slice(1), look: task.dueLook };
}
