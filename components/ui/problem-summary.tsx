"use client";

import { useEffect, useRef } from "react";

/** Puts the focus on a field, or on the first control of a group of fields. */
function goTo(id: string): boolean {
  const found = document.getElementById(id);
  if (!found) return false;
  const target = found.matches("input, select, textarea, button, a[href]")
    ? found
    : (found.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea, button, a[href]") ?? found);
  for (let box = target.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
  target.focus();
  target.scrollIntoView({ block: "center" });
  return true;
}

/**
 * "There is a problem": what is wrong, each linked to its field, in the words that stand beside it. The focus goes here when it appears.
 * `fields` is name → sentence; a field's id is the form's id and its name.
 */
export function ProblemSummary({
  formId,
  summary,
  fields = {},
}: {
  formId?: string;
  summary?: string | undefined;
  fields?: Record<string, string>;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  const entries = Object.entries(fields);
  const said = new Set(entries.map(([, sentence]) => sentence));
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box}>
      <h2>There is a problem</h2>
      {summary && !said.has(summary) && <p>{summary}</p>}
      {entries.map(([name, sentence]) => {
        const id = `${formId}-${name}`;
        return (
          <p key={name}>
            {name ? (
              <a
                href={`#${id}`}
                onClick={(event) => {
                  if (goTo(id)) event.preventDefault();
                }}
              >
                {sentence}
              </a>
            ) : (
              sentence
            )}
          </p>
        );
      })}
    </div>
  );
}
