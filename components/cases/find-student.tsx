"use client";

import { useActionState, useId } from "react";
import { PersonName, studentLine } from "@/components/cases/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { answerOf, posting, useLiveSearch } from "@/components/ui/live-search";
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
  const search = useLiveSearch<{ q: string; hits: StudentHit[] }>(
    async (q, signal) => {
      const { hits } = await answerOf<{ hits: StudentHit[] }>(searchUrl, { ...posting({ q }), signal });
      return { q, hits };
    },
    posted.status === "done" ? (posted.data as { q: string; hits: StudentHit[] }) : null,
  );
  const { found } = search;

  return (
    <form
      action={post}
      role="search"
      aria-label="Students"
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        search.now();
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
            onInput={(event) => search.type(event.currentTarget.value)}
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
