import type { HolderEntry } from "@/lib/districts/search-holders";
import type { ActionState } from "@/lib/web/action-state";

/** What the form knows when it was posted: what was searched and found, which district is chosen, what else was typed. */
export type PostedHolder = {
  q: string;
  results: HolderEntry[] | null;
  chosen: HolderEntry | null;
  /** Of a search; after a refusal the fields find what was typed by themselves. */
  typed: Record<string, string | string[]>;
};

/** The choice out of an action's answer: of a search as it gave it, of a refusal as the form had brought it. */
export function postedHolder(state: ActionState): PostedHolder {
  if (state.status === "done" && state.data) return state.data as PostedHolder;
  if (state.status !== "problem") return { q: "", results: null, chosen: null, typed: {} };
  const list = (name: string) => [state.values[name] ?? []].flat();
  const known = parseHolders(list("known"));
  const chosen = known.find((one) => one.id === list("holder")[0]) ?? null;
  return { q: list("q")[0] ?? "", results: known.length > (chosen ? 1 : 0) ? known : null, chosen, typed: {} };
}

/** The districts that a form brought back; what isn't one is dropped. Their facts are shown again, never believed. */
export function parseHolders(texts: readonly string[]): HolderEntry[] {
  return texts.flatMap((text) => {
    try {
      const one = JSON.parse(text) as HolderEntry;
      return typeof one?.id === "string" && typeof one.name === "string" ? [one] : [];
    } catch {
      return [];
    }
  });
}
