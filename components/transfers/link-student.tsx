"use client";

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { CompareTable, CompareVerdict, verdictWords } from "@/components/transfers/compare-table";
import { Button } from "@/components/ui/button";
import { dateWords } from "@/components/ui/date";
import { Checkbox, describedBy, ErrorLine, FieldGroup, Radio } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import type { StudentMatch } from "@/lib/students/match-students";
import type { CaseContent } from "@/lib/transfers/package-content";
import type { ActionState } from "@/lib/web/action-state";

type Found = { q: string; hits: readonly StudentMatch[] };

type Given = {
  state: ActionState;
  /** What was searched and found by posting, without script. */
  posted: Found | null;
  /** Who was chosen when that was posted. */
  chosen: StudentMatch | null;
  person: CaseContent["person"];
  /** Whom the case may be about, the proposed one first. */
  proposed: readonly StudentMatch[];
  /** Who is ticked; empty where the person has to look first. */
  studentId: string;
  /** A difference was confirmed for them before. */
  confirmed: boolean;
  other: string;
  searchUrl: string;
  n: number;
};

/** Which student of the roster: the proposed ones, and a search whose hits stand beneath it, none of them ticked by itself. */
export function LinkStudent({
  state,
  posted,
  chosen,
  person,
  proposed,
  studentId,
  confirmed,
  other,
  searchUrl,
  n,
}: Given) {
  // Refused for want of the second yes: without script the page knows of the chosen student by that alone.
  const refused =
    state.status === "problem" ? (state.data as { student?: StudentMatch } | undefined)?.student : undefined;
  const search = useRosterSearch(searchUrl, n, posted);
  // Stays in sight whatever is searched for next.
  const [picked, setPicked] = useState<StudentMatch | null>(null);
  const kept = picked ?? refused ?? chosen;
  const found = search.found?.hits ?? [];
  const hits = (kept && !found.some((one) => one.id === kept.id) ? [kept, ...found] : found).filter(
    (hit) => !proposed.some((one) => one.id === hit.id),
  );
  const [only, ...more] = proposed;
  const choice = (one: StudentMatch, best: boolean, onChange: () => void) => (
    <Radio
      key={one.id}
      name="studentId"
      value={one.id}
      label={
        <>
          {best && <span className="dim">Best match: </span>}
          <bdi>
            {one.family}, {one.given}
          </bdi>
        </>
      }
      hint={
        <>
          Student {one.sisId}
          {one.birthDate && ` · born ${dateWords(one.birthDate, "UTC")}`}
          {one.grade && ` · grade ${one.grade}`} · {verdictWords(one)}
        </>
      }
      defaultChecked={one.id === studentId}
      onChange={onChange}
    >
      <CompareTable person={person} student={one} title="" />
      <CompareVerdict student={one} other={other} />
      <SecondYes {...{ state, student: one }} ticked={confirmed && one.id === studentId} />
    </Radio>
  );
  return (
    <FieldGroup name="studentId" label="Which student?" hideLabel={proposed.length < 2} fieldClass="candidates">
      {!only && <p>No student of your roster comes near. Search for one, or choose Use transfer info.</p>}
      {only && more.length === 0 && hits.length === 0 ? (
        <div className="grid gap-3">
          <input type="hidden" name="studentId" value={only.id} />
          <CompareTable person={person} student={only} title="Best match: " />
          <CompareVerdict student={only} other={other} />
          <SecondYes {...{ state, student: only }} ticked={confirmed && only.id === studentId} />
        </div>
      ) : (
        proposed.map((one) => choice(one, one.id === only?.id, () => setPicked(null)))
      )}
      <RosterSearch {...{ state, search }} />
      {hits.map((one) => choice(one, false, () => setPicked(one)))}
    </FieldGroup>
  );
}

/** Linking to somebody of another name or birth date takes a second explicit yes. */
function SecondYes({ state, student, ticked }: { state: ActionState; student: StudentMatch; ticked: boolean }) {
  const { name, birthDate } = student.comparison;
  if (!student.comparison.differs) return null;
  const what = [name === "differs" && "the name", birthDate === "differs" && "the birth date"].filter(Boolean);
  const wanted = state.status === "problem" && state.values.studentId === student.id ? state.fields.same : undefined;
  return (
    <Checkbox
      name="same"
      value={student.id}
      {...(wanted ? { id: "intake-same" } : {})}
      error={wanted}
      label={
        <>
          This is the same student although {what.join(" and ")} {what.length === 1 ? "differs" : "differ"}
        </>
      }
      defaultChecked={ticked}
    />
  );
}

type Search = ReturnType<typeof useRosterSearch>;

/** Searches while somebody types; without script by posting. Neither way does a name get into a URL. */
function RosterSearch({ state, search }: { state: ActionState; search: Search }) {
  const id = "intake-q";
  const error = state.status === "problem" ? state.fields.q : undefined;
  const { found } = search;
  function now(event: MouseEvent | KeyboardEvent) {
    event.preventDefault();
    search.now();
  }
  return (
    <div className="field find">
      <label htmlFor={id}>Another student of the roster</label>
      <p className="hint" id={`${id}-hint`}>
        Name, state ID or student number
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
          defaultValue={found?.q ?? ""}
          onInput={(event) => search.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") now(event);
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint: true, error })}
        />
      </div>
      {/* The form's first button, so Enter anywhere searches; with script that happens without sending. */}
      <Button type="submit" className="no-script-only justify-self-start" name="do" value="search" onClick={now}>
        Search
      </Button>
      <p className="small" role="status">
        {found &&
          (found.hits.length === 0
            ? `No student found for “${found.q}”. Check the spelling, or try the student number.`
            : `${found.hits.length === 1 ? "1 student" : `${found.hits.length} students`} found for “${found.q}”`)}
      </p>
      {search.failed && (
        <p className="err held" role="alert">
          <Icon name="triangle-alert" />
          <span>The search didn’t answer. Press Enter to try again.</span>
        </p>
      )}
    </div>
  );
}

/** Asks for students a moment after the last key; an answer that comes late for another question is dropped. */
function useRosterSearch(url: string, n: number, posted: Found | null) {
  const [live, setLive] = useState<Found | "none" | null>(null);
  const [failed, setFailed] = useState(false);
  const typed = useRef("");
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<AbortController>(undefined);

  useEffect(
    () => () => {
      clearTimeout(later.current);
      running.current?.abort();
    },
    [],
  );

  async function ask() {
    clearTimeout(later.current);
    running.current?.abort();
    const q = typed.current.trim().slice(0, 200);
    if (q === "") return setLive("none");
    const abort = new AbortController();
    running.current = abort;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ n, q }),
        signal: abort.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      setLive({ q, hits: ((await response.json()) as { hits: StudentMatch[] }).hits });
      setFailed(false);
    } catch {
      if (!abort.signal.aborted) setFailed(true);
    }
  }

  return {
    found: live === "none" ? null : (live ?? posted),
    failed,
    now: () => void ask(),
    type(text: string) {
      typed.current = text;
      clearTimeout(later.current);
      later.current = setTimeout(() => void ask(), 180);
    },
  };
}
