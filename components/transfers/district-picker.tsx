"use client";

import { type MouseEvent, useEffect, useRef, useState } from "react";
import {
  countDistricts,
  DistrictResults,
  type PickedDistrict,
  pickerWords,
  type What,
} from "@/components/transfers/district-results";
import { Button } from "@/components/ui/button";
import { describedBy, ErrorLine } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";

type Given = {
  /** Documents go to one district, cases to several. */
  what?: What;
  /** Where the directory answers while somebody types: `/d/lakeview/directory`. */
  directory: string;
  chosen: readonly PickedDistrict[];
  onChoose(chosen: PickedDistrict[]): void;
  /** What was searched and found by posting, without script. */
  found?: { q: string; results: PickedDistrict[] } | undefined;
};

/**
 * District Name(s): a search over the directory whose results are a list to tick. With script it searches while somebody types; without,
 * the Search button posts the form, and what was ticked and found comes back with it (the fields `receivers`, `known` and `q`).
 */
export function DistrictPicker({ what = "cases", directory, chosen, onChoose, found }: Given) {
  const { id, error } = useFieldState("receivers", {});
  const live = useLiveSearch(directory, found);
  const results = live.results;
  const shown = new Set(results?.map((one) => one.id));
  const isChosen = (one: PickedDistrict) => chosen.some((other) => other.id === one.id);
  const toggle = (one: PickedDistrict) =>
    onChoose(
      isChosen(one) ? chosen.filter((other) => other.id !== one.id) : what === "cases" ? [...chosen, one] : [one],
    );
  const known = [...chosen, ...(results ?? []).filter((one) => !isChosen(one))];

  function searchNow(event: MouseEvent) {
    event.preventDefault();
    live.search(live.q);
  }

  return (
    <>
      <div className="field">
        <label htmlFor={id}>{pickerWords[what].label}</label>
        <p className="hint" id={`${id}-hint`}>
          {pickerWords[what].hint}
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
      {results && <DistrictResults {...{ what, id, q: live.searched, results, isChosen, toggle }} />}
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

/** Asks the directory a moment after the last key; an answer that comes late for another question is dropped. */
export function useLiveSearch<District = PickedDistrict>(
  directory: string,
  found: { q: string; results: District[] } | undefined,
) {
  const [q, setQ] = useState(found?.q ?? "");
  const [answer, setAnswer] = useState<{ q: string; results: District[] } | null>(found ?? null);
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
      const { results } = (await response.json()) as { results: District[] };
      setAnswer({ q: wanted, results });
      setSaid(countDistricts(results.length));
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
