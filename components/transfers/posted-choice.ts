import type { DirectoryEntry, DirectoryUse } from "@/lib/districts/search-directory";
import type { ActionState } from "@/lib/web/action-state";

/** What a form with a district picker knows when it was posted: what was searched and found, what is chosen, what else was typed. */
export type PostedChoice = {
  q: string;
  results: DirectoryEntry[] | null;
  chosen: DirectoryEntry[];
  /** Of a search; after a refusal the fields find what was typed by themselves. */
  typed: Record<string, string>;
  /** The other boxes that were ticked in the form. */
  ticked?: string[];
};

/** The choice out of an action's answer: of a search or a removed chip as it gave it, of a refusal as the form had brought it. */
export function postedChoice(state: ActionState, what: DirectoryUse): PostedChoice {
  if (state.status === "done" && state.data) return state.data as PostedChoice;
  if (state.status !== "problem") return { q: "", results: null, chosen: [], typed: {} };
  const list = (name: string) => [state.values[name] ?? []].flat();
  const known = parseKnown(list("known"));
  const chosen = chosenAmong(known, list("districts"), what);
  return {
    q: list("q")[0] ?? "",
    results: known.length > chosen.length ? known : null,
    chosen,
    // What shows by the legal basis doesn't find it by itself.
    typed: { basis: list("basis")[0] ?? "", notice: list("notice")[0] ?? "" },
  };
}

/**
 * Those of the districts whose ids were posted. Where one is picked, it's the last: without script what was chosen before is posted
 * beside what is chosen now.
 */
export const chosenAmong = (
  known: readonly DirectoryEntry[],
  ids: readonly string[],
  what: DirectoryUse,
): DirectoryEntry[] => {
  const chosen = what === "cases" ? ids : ids.slice(-1);
  return known.filter((one) => chosen.includes(one.id));
};

/** The districts that a form brought back; what isn't one is dropped. Their facts are shown again, never believed. */
export function parseKnown(texts: readonly string[]): DirectoryEntry[] {
  return texts.flatMap((text) => {
    try {
      const one = JSON.parse(text) as DirectoryEntry;
      return typeof one?.id === "string" && typeof one.name === "string" ? [one] : [];
    } catch {
      return [];
    }
  });
}
