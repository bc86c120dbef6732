"use client";

import { unstable_rethrow } from "next/navigation";
import {
  type ComponentProps,
  type FormEvent,
  type ReactNode,
  useActionState,
  useEffect,
  useId,
  useRef,
  useState,
  useTransition,
} from "react";
import { dropDraft, keepDraft, restoreDraft } from "@/components/ui/draft";
import { FormContext } from "@/components/ui/form-state";
import { FreshFactor, factorAsked } from "@/components/ui/fresh-factor";
import { ProblemSummary } from "@/components/ui/problem-summary";
import type { ActionState } from "@/lib/web/action-state";

export type FormAction = (before: ActionState, form: FormData) => Promise<ActionState>;

type Given = Omit<ComponentProps<"form">, "action" | "onSubmit" | "ref" | "children"> & {
  /** A server action, bound to what it needs: `saveNoteAction.bind(null, district.slug)`. */
  action: FormAction;
  /**
   * Fields find their error and what was typed by their name. A function gets the state, for what only this form shows (client
   * components only: a server component can't hand one over).
   */
  children: ReactNode | ((state: ActionState, pending: boolean) => ReactNode);
  /** Inside a DialogPage with `bare`: the row of buttons; children stand in the part that scrolls. */
  foot?: ReactNode;
  /** Inside a dialog: two columns. */
  columns?: boolean | undefined;
  /** Asks before leaving with something typed and not sent. */
  warnUnsaved?: boolean | undefined;
  /**
   * Keeps what is typed in this tab, so that it's there again after signing in again. The key must hold who types and what it's about:
   * `note:${actor.membershipId}:${caseId}`.
   */
  draft?: string | undefined;
  /** Empties the form once it is done, for forms that are used again and again on one page. */
  clearOnDone?: boolean | undefined;
};

const idle: ActionState = { status: "idle" };
const unreachable =
  "Baton can’t be reached right now. What you typed is still here: check your connection, then try again.";
const question = "Leave without saving? What you typed here will be lost.";

/**
 * A form over a server action. With JavaScript off it posts, and the page comes back with the same summary, errors and values. With
 * script the page stays as it is, so nothing typed or chosen (files too) is lost when the action answers with a problem.
 */
export function ActionForm({
  action,
  children,
  foot,
  columns,
  warnUnsaved,
  draft,
  clearOnDone,
  id: ownId,
  className,
  ...rest
}: Given) {
  const generated = useId();
  const id = ownId ?? generated;
  const form = useRef<HTMLFormElement>(null);
  // Without script the browser posts, and React puts the answer into `posted`. With script the answer comes into `answer`.
  const [posted, post] = useActionState(action, idle);
  const [answer, setAnswer] = useState<ActionState | null>(null);
  const [pending, startTransition] = useTransition();
  const state = answer ?? posted;
  const [restored, setRestored] = useState(false);
  const dirty = useRef(false);
  const sending = useRef(false);

  useEffect(() => {
    sending.current = false;
    if (state.status === "problem") dirty.current = true;
    if (state.status !== "done") return;
    dirty.current = false;
    if (draft) dropDraft(draft);
    if (clearOnDone) form.current?.reset();
  }, [state, draft, clearOnDone]);

  useEffect(() => {
    if (!draft || !form.current) return;
    const element = form.current;
    if (restoreDraft(draft, element)) {
      dirty.current = true;
      setRestored(true);
    }
    let later: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      if (dirty.current) keepDraft(draft, element);
    };
    const soon = () => {
      clearTimeout(later);
      later = setTimeout(keep, 300);
    };
    element.addEventListener("input", soon);
    element.addEventListener("change", soon);
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(later);
      element.removeEventListener("input", soon);
      element.removeEventListener("change", soon);
      window.removeEventListener("pagehide", keep);
      // An action that succeeded goes to another page; one whose session had ended goes to sign-in, and then the draft is needed.
      if (sending.current) setTimeout(() => location.pathname.startsWith("/sign-in") || dropDraft(draft), 1000);
    };
  }, [draft]);

  useEffect(() => {
    if (!warnUnsaved) return;
    const unsent = () => dirty.current && !sending.current;
    const onLeave = (event: BeforeUnloadEvent) => {
      if (unsent()) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (
        !(link instanceof HTMLAnchorElement) ||
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey
      )
        return;
      if (link.target === "_blank" || link.hasAttribute("download") || link.getAttribute("href")?.startsWith("#"))
        return;
      if (!unsent()) return;
      if (window.confirm(question)) dirty.current = false;
      else {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("beforeunload", onLeave);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      document.removeEventListener("click", onClick, true);
    };
  }, [warnUnsaved]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    if (sending.current) return event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (submitter?.hasAttribute("formaction")) return;
    // Sent by hand: React empties a form whose `action` it ran itself, and with it everything that was typed.
    event.preventDefault();
    sending.current = true;
    if (draft && form.current) keepDraft(draft, form.current);
    const data = new FormData(event.currentTarget, submitter);
    startTransition(async () => {
      let next: ActionState;
      try {
        next = await action(idle, data);
      } catch (error) {
        // A redirect or a "not found" is Next's to handle; anything else must not take the form away.
        unstable_rethrow(error);
        next = { status: "problem", summary: unreachable, fields: {}, values: {} };
      }
      startTransition(() => setAnswer(next));
    });
  }

  const asked = factorAsked(state);
  const body = (
    <>
      {asked && state.status === "problem" && (
        <FreshFactor key={keyOf(state)} by={asked.by} wrong={Object.keys(state.fields).length > 0} />
      )}
      {!asked && state.status === "problem" && (
        <ProblemSummary key={keyOf(state)} formId={id} summary={state.summary} fields={state.fields} />
      )}
      {restored && state.status === "idle" && (
        <p className="hint" role="status">
          What you typed here before is back.
        </p>
      )}
      {typeof children === "function" ? children(state, pending) : children}
      <p className="sr" role="status">
        {pending ? "Working…" : state.status === "done" ? state.message : ""}
      </p>
    </>
  );

  return (
    <FormContext value={{ id, state, pending }}>
      <form
        {...rest}
        id={id}
        ref={form}
        action={post}
        onSubmit={onSubmit}
        onInput={(event) => {
          // Looking something up isn't yet writing.
          if (!(event.target instanceof HTMLInputElement && event.target.type === "search")) dirty.current = true;
        }}
        className={foot === undefined ? className : "d-form"}
        aria-busy={pending || undefined}
        noValidate
      >
        {foot === undefined ? (
          body
        ) : (
          <>
            <div className={["d-body", columns && "d-two", className].filter(Boolean).join(" ")}>{body}</div>
            <div className="d-foot">{foot}</div>
          </>
        )}
      </form>
    </FormContext>
  );
}

const keys = new WeakMap<object, number>();
let last = 0;

/** A new key for every answer, so that a summary that comes twice takes the focus twice. The server always draws the first. */
function keyOf(state: object): number {
  const known = keys.get(state);
  if (known !== undefined) return known;
  keys.set(state, ++last);
  return last;
}
