import { strategyWords, taskWords } from "@/components/cases/case-plan";
import type { CasePlace } from "@/components/cases/case-view";
import { IfChanged } from "@/components/cases/if-changed";
import { LinkButton } from "@/components/ui/button";
import { DateField, Select, TextArea, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Choice } from "@/lib/cases/case-choices";
import type { CaseStrategy, CaseTask, CaseView } from "@/lib/cases/find-case";

/** The management plan, one of its rows open for changing. Which one stands in the URL. */
export function PlanEditor({
  view,
  place,
  people,
  open,
  newId,
  strategyAction,
  taskAction,
}: {
  view: CaseView;
  place: CasePlace;
  people: readonly Choice[];
  /** The id of the row that's open, or "strategy" or "task" for a new one. */
  open: string | null;
  newId: string;
  strategyAction: FormAction;
  taskAction: FormAction;
}) {
  const href = `${place.home}/cases/${view.id}/plan`;
  return (
    <>
      <section aria-labelledby="strategies">
        <SectionHead id="strategies" title="Strategies">
          <LinkButton small icon="plus" href={`${href}?open=strategy#strategies`}>
            Add strategy
          </LinkButton>
        </SectionHead>
        {open === "strategy" && (
          <StrategyForm action={strategyAction} caseId={view.id} newId={newId} closeHref={href} />
        )}
        {view.strategies.length === 0 && open !== "strategy" && (
          <p className="small dim">
            None yet. A strategy is something that people do regularly, such as a morning check-in.
          </p>
        )}
        <ul className="tasks">
          {view.strategies.map((strategy) =>
            open === strategy.id ? (
              <li key={strategy.id}>
                <StrategyForm action={strategyAction} caseId={view.id} strategy={strategy} closeHref={href} />
              </li>
            ) : (
              <Line
                key={strategy.id}
                text={strategy.text}
                note={strategyWords(strategy, place.zone)}
                href={`${href}?open=${strategy.id}#strategies`}
              />
            ),
          )}
        </ul>
      </section>
      <section aria-labelledby="tasks" className="sec-2">
        <SectionHead id="tasks" title="Tasks">
          <LinkButton small icon="plus" href={`${href}?open=task#tasks`}>
            Add task
          </LinkButton>
        </SectionHead>
        {open === "task" && (
          <TaskForm action={taskAction} caseId={view.id} newId={newId} people={people} closeHref={href} />
        )}
        {view.tasks.length === 0 && open !== "task" && (
          <p className="small dim">None yet. A task is done once, by somebody, by a day.</p>
        )}
        <ul className="tasks">
          {view.tasks.map((task) =>
            open === task.id ? (
              <li key={task.id}>
                <TaskForm action={taskAction} caseId={view.id} task={task} people={people} closeHref={href} />
              </li>
            ) : (
              <Line
                key={task.id}
                text={task.text}
                note={taskWords(task, place).text}
                href={`${href}?open=${task.id}#tasks`}
              />
            ),
          )}
        </ul>
      </section>
    </>
  );
}

function Line({ text, note, href }: { text: string; note: string; href: string }) {
  return (
    <li className="flex items-start gap-3">
      <p className="grow">
        <span dir="auto">{text}</span>
        {note && <small>{note}</small>}
      </p>
      <LinkButton small href={href} aria-label={`Change: ${text}`}>
        Change
      </LinkButton>
    </li>
  );
}

function StrategyForm({
  action,
  caseId,
  newId,
  strategy,
  closeHref,
}: {
  action: FormAction;
  caseId: string;
  newId?: string;
  strategy?: CaseStrategy;
  closeHref: string;
}) {
  return (
    <ActionForm
      id={`strategy-${strategy?.id ?? "new"}`}
      action={action}
      className="stack well max-w-none mb-3"
      warnUnsaved
    >
      <input type="hidden" name="caseId" value={caseId} />
      {strategy ? (
        <input type="hidden" name="strategyId" value={strategy.id} />
      ) : (
        <input type="hidden" name="newId" value={newId} />
      )}
      {strategy && <input type="hidden" name="mark" value={strategy.mark} />}
      {strategy && (
        <IfChanged>
          <p dir="auto">{strategy.text}</p>
        </IfChanged>
      )}
      <TextArea name="text" label="Strategy" limit={1_000} rows={2} dir="auto" defaultValue={strategy?.text} />
      <div className="three">
        <DateField name="startedOn" label="In use since" defaultValue={strategy?.startedOn} />
        <DateField
          name="endedOn"
          label="Ended on"
          hint="Leave it empty while it’s in use"
          defaultValue={strategy?.endedOn}
        />
        <TextField name="outcome" label="How it went, or why it ended" defaultValue={strategy?.outcome} dir="auto" />
      </div>
      <div className="btns">
        <SubmitButton>{strategy ? "Save strategy" : "Add strategy"}</SubmitButton>
        <LinkButton href={closeHref} scroll={false}>
          Close
        </LinkButton>
      </div>
    </ActionForm>
  );
}

function TaskForm({
  action,
  caseId,
  newId,
  task,
  people,
  closeHref,
}: {
  action: FormAction;
  caseId: string;
  newId?: string;
  task?: CaseTask;
  people: readonly Choice[];
  closeHref: string;
}) {
  const foreign = task?.theirs ? `Now: ${task.assignee}, of the district that sent the case` : undefined;
  return (
    <ActionForm id={`task-${task?.id ?? "new"}`} action={action} className="stack well max-w-none mb-3" warnUnsaved>
      <input type="hidden" name="caseId" value={caseId} />
      {task ? (
        <input type="hidden" name="taskId" value={task.id} />
      ) : (
        <input type="hidden" name="newId" value={newId} />
      )}
      {task && <input type="hidden" name="mark" value={task.mark} />}
      {task && (
        <IfChanged>
          <p dir="auto">{task.text}</p>
        </IfChanged>
      )}
      <TextArea name="text" label="Task" limit={1_000} rows={2} dir="auto" defaultValue={task?.text} />
      <div className="two">
        <Select
          name="assigneeId"
          label="Who does it"
          hint={foreign}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          empty="Nobody yet"
          defaultValue={task?.assigneeId}
        />
        <DateField name="dueOn" label="Due on" defaultValue={task?.dueOn} />
      </div>
      <div className="btns">
        <SubmitButton>{task ? "Save task" : "Add task"}</SubmitButton>
        <LinkButton href={closeHref} scroll={false}>
          Close
        </LinkButton>
      </div>
    </ActionForm>
  );
}
