"use client";

import { type MouseEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { describedBy, ErrorLine } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Found } from "@/components/ui/mark";
import type { Unable } from "@/lib/districts/search-directory";

/** A district of the directory, as far as the list shows it. */
export type PickedDistrict = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  able: boolean;
  why: Unable | null;
  contact: { name: string; title: string | null; email: string | null; phone: string | null } | null;
};

type Given = {
  /** Where the directory answers while somebody types: `/d/lakeview/directory`. */
  directory: string;
  chosen: readonly PickedDistrict[];
  onChoose(chosen: PickedDistrict[]): void;
  /** What was searched and found by posting, without script. */
  found?: { q: string; results: PickedDistrict[] } | undefined;
};

/** Results that the server gives at most; more means that the search is too wide. */
const mostResults = 20;

/**
 * District Name(s): a search over the directory whose results are a list to tick. With script it searches while somebody types; without,
 * the Search button posts the form, and what was ticked and found comes back with it (the fields `receivers`, `known` and `q`).
 */
export function DistrictPicker({ directory, chosen, onChoose, found }: Given) {
  const { id, error } = useFieldState("receivers", {});
  const live = useLiveSearch(directory, found);
  const results = live.results;
  const shown = new Set(results?.map((one) => one.id));
  const isChosen = (one: PickedDistrict) => chosen.some((other) => other.id === one.id);
  const toggle = (one: PickedDistrict) =>
    onChoose(isChosen(one) ? chosen.filter((other) => other.id !== one.id) : [...chosen, one]);
  const known = [...chosen, ...(results ?? []).filter((one) => !isChosen(one))];

  function searchNow(event: MouseEvent) {
    event.preventDefault();
    live.search(live.q);
  }

  return (
    <>
      <div className="field">
        <label htmlFor={id}>District Name(s)</label>
        <p className="hint" id={`${id}-hint`}>
          Name, city, state or NCES ID. Several ticks make one transfer each, each with its own code.
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
            data-no-draft
            value={live.q}
            onChange={(event) => live.type(event.currentTarget.value)}
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy(id, { hint: true, error })}
          />
        </div>
        {/* The form's first button, so Enter searches; with script that happens without sending. */}
        <Button
          type="submit"
          className="no-script-only justify-self-start"
          name="do"
          value="search"
          onClick={searchNow}
        >
          Search
        </Button>
      </div>
      {known.map((one) => (
        <input key={one.id} type="hidden" name="known" value={JSON.stringify(one)} />
      ))}
      {chosen.length > 0 && (
        <div className="chosen">
          <span className="small dim" id={`${id}-chosen`}>
            Chosen
          </span>
          <ul aria-labelledby={`${id}-chosen`}>
            {chosen.map((one) => (
              <li key={one.id} className="chip">
                {!shown.has(one.id) && <input type="hidden" name="receivers" value={one.id} />}
                {one.name}, {one.state}{" "}
                <button
                  type="submit"
                  name="remove"
                  value={one.id}
                  aria-label={`Remove ${one.name}, ${one.stateName}`}
                  onClick={(event) => {
                    event.preventDefault();
                    toggle(one);
                    document.getElementById(id)?.focus();
                  }}
                >
                  <Icon name="x" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {results && <Results {...{ id, q: live.searched, results, isChosen, toggle }} />}
      <p className="sr" role="status">
        {live.said}
      </p>
      {live.failed && (
        <p className="err held" role="alert">
          <Icon name="triangle-alert" />
          <span>The search didn’t answer. Choose Search to try again.</span>
        </p>
      )}
    </>
  );
}

function Results({
  id,
  q,
  results,
  isChosen,
  toggle,
}: {
  id: string;
  q: string;
  results: PickedDistrict[];
  isChosen(one: PickedDistrict): boolean;
  toggle(one: PickedDistrict): void;
}) {
  return (
    <fieldset className="results">
      <legend className="small dim">
        {countWords(results.length)} for “{q}”
      </legend>
      {results.length === 0 && (
        <p className="res small">
          Check the spelling, or search for the state or the NCES ID. Districts that aren’t in the directory can’t be
          sent to: contact them directly.
        </p>
      )}
      {results.map((one) =>
        one.able ? (
          <label key={one.id} className={isChosen(one) ? "res on" : "res"}>
            <input
              type="checkbox"
              name="receivers"
              value={one.id}
              data-no-draft
              checked={isChosen(one)}
              onChange={() => toggle(one)}
              aria-describedby={`${id}-${one.id}`}
            />
            <Named one={one} q={q} id={`${id}-${one.id}`} />
          </label>
        ) : (
          <div key={one.id} className="res res-no">
            <label className="tick">
              <input type="checkbox" disabled aria-describedby={`${id}-${one.id} ${id}-${one.id}-why`} />
              <Named one={one} q={q} id={`${id}-${one.id}`} />
            </label>
            <div className="res-why small" id={`${id}-${one.id}-why`}>
              <WhyNot one={one} />
            </div>
          </div>
        ),
      )}
    </fieldset>
  );
}

function Named({ one, q, id }: { one: PickedDistrict; q: string; id: string }) {
  return (
    <span className="res-t">
      <b>
        <Found text={one.name} words={q} />
      </b>
      <span className="small dim" id={id}>
        {one.city && `${one.city}, `}
        {one.stateName} · NCES <span className="id">{one.ncesId}</span>
      </span>
    </span>
  );
}

function WhyNot({ one }: { one: PickedDistrict }) {
  const { contact } = one;
  return (
    <>
      <p>
        <Icon name="triangle-alert" />{" "}
        <b>{one.why === "switched-off" ? "Case transfers are switched off there." : "Not on Baton yet."}</b>{" "}
        {contact
          ? one.why === "switched-off"
            ? "Call the coordinator and ask to switch them on:"
            : "Call the coordinator:"
          : "No contact published: contact the district directly."}
      </p>
      {contact && (
        <p>
          {contact.name}
          {contact.title && `, ${contact.title}`}
          <br />
          {contact.phone && <span className="id">{contact.phone}</span>}
          {contact.phone && contact.email && " · "}
          {contact.email}
        </p>
      )}
    </>
  );
}

const countWords = (n: number) =>
  n === 0
    ? "No district found"
    : n === 1
      ? "1 district found"
      : n >= mostResults
        ? `The first ${mostResults} districts found`
        : `${n} districts found`;

/** Asks the directory a moment after the last key; an answer that comes late for another question is dropped. */
function useLiveSearch(directory: string, found: Given["found"]) {
  const [q, setQ] = useState(found?.q ?? "");
  const [answer, setAnswer] = useState<{ q: string; results: PickedDistrict[] } | null>(found ?? null);
  const [failed, setFailed] = useState(false);
  const [said, setSaid] = useState("");
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<AbortController>(undefined);

  useEffect(
    () => () => {
      clearTimeout(later.current);
      running.current?.abort();
    },
    [],
  );

  async function search(text: string) {
    clearTimeout(later.current);
    running.current?.abort();
    const wanted = text.trim();
    if (wanted === "") {
      setAnswer(null);
      setSaid("");
      return;
    }
    const abort = new AbortController();
    running.current = abort;
    try {
      const response = await fetch(`${directory}?q=${encodeURIComponent(wanted)}`, {
        signal: abort.signal,
        headers: { accept: "application/json" },
      });
      if (!response.ok) throw new Error(String(response.status));
      const { results } = (await response.json()) as { results: PickedDistrict[] };
      setAnswer({ q: wanted, results });
      setSaid(countWords(results.length));
      setFailed(false);
    } catch {
      if (!abort.signal.aborted) setFailed(true);
    }
  }

  return {
    q,
    searched: answer?.q ?? "",
    results: answer?.results ?? null,
    failed,
    said,
    search: (text: string) => void search(text),
    type(text: string) {
      setQ(text);
      clearTimeout(later.current);
      later.current = setTimeout(() => void search(text), 150);
    },
  };
}
