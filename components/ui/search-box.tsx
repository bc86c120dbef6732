"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useTransition } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";

/**
 * Search and filters of a list, all in the URL. With script, typing searches after a short pause and a changed filter at once, without
 * adding to the history; without, a Search button sends the form. What isn't in the form falls away (so the page number starts again);
 * `keep` holds what shall stay, e.g. the sorting. Empty fields stay out of the URL.
 */
export function SearchForm({
  label,
  className = "finder",
  keep = {},
  action,
  children,
}: {
  /** What is searched: "Cases". */
  label: string;
  className?: string;
  keep?: Record<string, string | undefined>;
  /** The list's own path, where it isn't the page's. */
  action?: string | undefined;
  children: ReactNode;
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [busy, startTransition] = useTransition();

  useEffect(() => () => clearTimeout(later.current), []);

  function go() {
    clearTimeout(later.current);
    if (!form.current) return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      const text = typeof value === "string" ? value.trim() : "";
      if (text) query.append(name, text);
    }
    const path = action ?? window.location.pathname;
    const search = query.size > 0 ? `?${query}` : "";
    if (path + search === window.location.pathname + window.location.search) return;
    startTransition(() => router.replace(path + search, { scroll: false }));
  }

  return (
    <form
      ref={form}
      className={className}
      role="search"
      aria-label={label}
      aria-busy={busy || undefined}
      action={action}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
      onInput={(event) => {
        if (!(event.target instanceof HTMLInputElement) || event.target.type !== "search") return;
        clearTimeout(later.current);
        later.current = setTimeout(go, 180);
      }}
      onChange={(event) => {
        if (!(event.target instanceof HTMLInputElement) || event.target.type !== "search") go();
      }}
    >
      {Object.entries(keep).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
      <button className="btn no-script-only" type="submit">
        Search
      </button>
    </form>
  );
}

/** The field to type in, inside a SearchForm. Follows the URL (Back, a cleared search) while it isn't typed in. */
export function SearchBox({
  name = "q",
  label,
  hint,
  value = "",
  hideLabel,
  placeholder,
  fieldClass = "finder-q",
}: {
  name?: string;
  label: string;
  hint?: ReactNode;
  /** What the URL searches for. */
  value?: string | undefined;
  hideLabel?: boolean;
  placeholder?: string | undefined;
  fieldClass?: string | undefined;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value;
  }, [value]);
  return (
    <Field id={id} label={label} hideLabel={hideLabel} fieldClass={fieldClass}>
      <div className="search">
        <Icon name="search" />
        <input
          ref={input}
          className="in"
          id={id}
          name={name}
          type="search"
          defaultValue={value}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
      </div>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </Field>
  );
}
