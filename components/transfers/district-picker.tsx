"use client";

import { countDistricts, DistrictResults, pickerWords } from "@/components/transfers/district-results";
import { useFieldState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { answerOf, LiveSearchField, useLiveSearch } from "@/components/ui/live-search";
import type { DirectoryEntry, DirectoryUse } from "@/lib/districts/search-directory";

type Given = {
  /** Cases go to several districts; documents to one, and one is asked. */
  what: DirectoryUse;
  /** Where the directory answers while somebody types: `/d/lakeview/directory`. */
  directory: string;
  chosen: readonly DirectoryEntry[];
  onChoose(chosen: DirectoryEntry[]): void;
  /** What was searched and found by posting, without script. */
  posted: { q: string; results: DirectoryEntry[] | null };
};

/**
 * District Name(s): a search over the directory whose results are a list to tick. With script it searches while somebody types; without,
 * the Search button posts the form, and what was ticked and found comes back with it (the fields `districts`, `known` and `q`).
 */
export function DistrictPicker({ what, directory, chosen, onChoose, posted }: Given) {
  const { id } = useFieldState("districts", {});
  const words = pickerWords[what];
  const search = useLiveSearch(async (wanted, signal) => {
    const url = `${directory}?${new URLSearchParams({ what, q: wanted })}`;
    const { results } = await answerOf<{ results: DirectoryEntry[] }>(url, { signal });
    return { q: wanted, results };
  }, posted.results && { q: posted.q, results: posted.results });
  const { found } = search;
  const shown = new Set(found?.results.map((one) => one.id));
  const isChosen = (one: DirectoryEntry) => chosen.some((other) => other.id === one.id);
  const toggle = (one: DirectoryEntry) =>
    onChoose(
      isChosen(one) ? chosen.filter((other) => other.id !== one.id) : what === "cases" ? [...chosen, one] : [one],
    );
  const known = [...chosen, ...(found?.results ?? []).filter((one) => !isChosen(one))];

  return (
    <>
      <LiveSearchField name="districts" label={words.label} hint={words.hint} q={posted.q} search={search} />
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
                {!shown.has(one.id) && <input type="hidden" name="districts" value={one.id} />}
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
      {found && <DistrictResults {...{ what, id, found, isChosen, toggle }} />}
      <p className="sr" role="status">
        {search.live && found && countDistricts(found.results.length)}
      </p>
    </>
  );
}
