"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { describedBy, ErrorLine } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";

/**
 * Searches a moment after the last key; an answer that comes late for another question is dropped. `posted` is what the form's Search
 * button brought (pages without script).
 */
export function useLiveSearch<Found>(
  ask: (q: string, signal: AbortSignal) => Promise<Found>,
  posted: Found | null,
): {
  found: Found | null;
  /** Whether it was found while somebody typed. */
  live: boolean;
  failed: boolean;
  type: (text: string) => void;
  now: () => void;
} {
  const [answer, setAnswer] = useState<{ found: Found | null } | null>(null);
  const [failed, setFailed] = useState(false);
  const typed = useRef<string>(undefined);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<AbortController>(undefined);

  useEffect(
    () => () => {
      clearTimeout(later.current);
      running.current?.abort();
    },
    [],
  );

  async function search() {
    clearTimeout(later.current);
    running.current?.abort();
    // Nothing was typed since the page came: what it brought still holds.
    if (typed.current === undefined) return;
    const q = typed.current.trim().slice(0, 200);
    if (q === "") {
      setFailed(false);
      return setAnswer({ found: null });
    }
    const abort = new AbortController();
    running.current = abort;
    try {
      const found = await ask(q, abort.signal);
      if (abort.signal.aborted) return;
      setAnswer({ found });
      setFailed(false);
    } catch {
      if (!abort.signal.aborted) setFailed(true);
    }
  }

  return {
    found: answer ? answer.found : posted,
    live: answer !== null,
    failed,
    now: () => void search(),
    type(text) {
      typed.current = text;
      clearTimeout(later.current);
      later.current = setTimeout(() => void search(), 150);
    },
  };
}

/**
 * The field of a search inside a form, posted as `q`. With script it searches while somebody types; without, its button posts the form
 * with `do=search`. It is the form's first button, so Enter searches; with script that happens without sending. The error is that of `name`.
 */
export function LiveSearchField({
  name,
  label,
  hint,
  q,
  search,
  fieldClass,
  children,
}: {
  name: string;
  label: string;
  hint: string;
  /** What was searched by posting. */
  q: string;
  search: { type: (text: string) => void; now: () => void; failed: boolean };
  fieldClass?: string;
  /** What was found, in words. */
  children?: ReactNode;
}) {
  const { id, error } = useFieldState(name, {});
  function now(event: MouseEvent | KeyboardEvent) {
    event.preventDefault();
    search.now();
  }
  return (
    <div className={fieldClass ? `field ${fieldClass}` : "field"}>
      <label htmlFor={id}>{label}</label>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
      <div className="search">
        <Icon name="search" />
        <input
          className={error ? "in is-bad" : "in"}
          id={id}
          name="q"
          type="search"
          autoComplete="off"
          spellCheck={false}
          data-no-draft
          defaultValue={q}
          onInput={(event) => search.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") now(event);
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error })}
        />
      </div>
      <Button type="submit" className="no-script-only justify-self-start" name="do" value="search" onClick={now}>
        Search
      </Button>
      {children}
      {search.failed && (
        <p className="err held" role="alert">
          <Icon name="triangle-alert" />
          <span>The search didn’t answer. Press Enter to try again.</span>
        </p>
      )}
    </div>
  );
}

/** The body of a JSON answer; throws where there's none. */
export async function answerOf<Body>(url: string, init: RequestInit): Promise<Body> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Body;
}

/** Words that name people go in the request's body, never into its address. */
export const posting = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
