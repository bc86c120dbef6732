"use client";

import { useActionState, useEffect, useId, useRef, useState } from "react";
import { PersonName, studentLine } from "@/components/cases/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { StudentHit } from "@/lib/students/search-students";

/**
 * Looks for a student of the roster; choosing one leads to `chooseHref` with the student's id. Searches while typing; without script a
 * button sends the same search. Both by POST, so that no name gets into a URL.
 */
export function FindStudent({
  action,
  searchUrl,
  chooseHref,
}: {
  action: FormAction;
  searchUrl: string;
  chooseHref: string;
}) {
  const id = useId();
  const [posted, post] = useActionState(action, { status: "idle" });
  const [live, setLive] = useState<{ q: string; hits: StudentHit[] } | null>(null);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<AbortController>(undefined);
  const found = live ?? (posted.status === "done" ? (posted.data as { q: string; hits: StudentHit[] }) : null);

  useEffect(
    () => () => {
      clearTimeout(later.current);
      running.current?.abort();
    },
    [],
  );

  async function search(q: string) {
    running.current?.abort();
    if (q.trim() === "") return setLive({ q: "", hits: [] });
    const controller = new AbortController();
    running.current = controller;
    try {
      const response = await fetch(searchUrl, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ q: q.slice(0, 200) }),
        signal: controller.signal,
      });
      if (response.ok) setLive({ q, hits: ((await response.json()) as { hits: StudentHit[] }).hits });
    } catch {
      // Typed on, or no connection: what's shown stays, and the next letter tries again.
    }
  }

  return (
    <form
      action={post}
      role="search"
      aria-label="Students"
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        clearTimeout(later.current);
        const typed = new FormData(event.currentTarget).get("q");
        void search(typeof typed === "string" ? typed : "");
      }}
    >
      <Field id={id} label="Find the student" hint="Name, SIS ID or state ID">
        <div className="search">
          <Icon name="search" />
          <input
            className="in"
            id={id}
            name="q"
            type="search"
            autoComplete="off"
            spellCheck={false}
            defaultValue={found?.q}
            aria-describedby={`${id}-hint`}
            onInput={(event) => {
              const q = event.currentTarget.value;
              clearTimeout(later.current);
              later.current = setTimeout(() => void search(q), 180);
            }}
          />
        </div>
      </Field>
      <Button type="submit" className="no-script-only">
        Search
      </Button>
      <div role="status" className="small dim">
        {found &&
          found.q !== "" &&
          (found.hits.length === 0
            ? "No student of your roster has these words. Try only the beginning of the name."
            : countLine(found.hits.length))}
      </div>
      {found && found.hits.length > 0 && (
        <ul className="results" aria-label="Students found">
          {found.hits.map((hit) => (
            <li key={hit.id}>
              <Link className="res text-ink no-underline" href={`${chooseHref}?student=${hit.id}`} scroll={false}>
                <span className="res-t">
                  <b>
                    <PersonName name={hit} />
                    {hit.preferredName && (
                      <>
                        {" "}
                        (<bdi>{hit.preferredName}</bdi>)
                      </>
                    )}
                  </b>
                  <span className="small dim">{studentLine(hit)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

const countLine = (n: number) => (n === 1 ? "1 student found" : `${n} students found`);
