import type { PickedDistrict } from "@/components/transfers/district-results";
import type { ActionState } from "@/lib/web/action-state";

/** What the send form knows without script: what was searched and found, what is ticked, what else was typed. */
export type PostedChoice = {
  q: string;
  results: PickedDistrict[] | null;
  chosen: PickedDistrict[];
  typed: Record<string, string>;
};

/** The choice out of an action's answer: of a search or a removed chip as it gave it, of a refusal as the form had brought it. */
export function postedChoice(state: ActionState): PostedChoice {
  if (state.status === "done" && state.data) return state.data as PostedChoice;
  if (state.status !== "problem") return { q: "", results: null, chosen: [], typed: {} };
  const list = (name: string) => [state.values[name] ?? []].flat();
  const known = parseKnown(list("known"));
  const ticked = list("receivers");
  const chosen = known.filter((one) => ticked.includes(one.id));
  // The fields find what was typed into them by themselves; only what shows by the legal basis needs it here.
  return {
    q: list("q")[0] ?? "",
    results: known.length > chosen.length ? known : null,
    chosen,
    typed: { basis: list("basis")[0] ?? "", notice: list("notice")[0] ?? "" },
  };
}

/** The districts that a form brought back; what isn't one is dropped. Their facts are shown again, never believed. */
export function parseKnown(texts: readonly string[]): PickedDistrict[] {
  return texts.flatMap((text) => {
    try {
      const one = JSON.parse(text) as PickedDistrict;
      return typeof one?.id === "string" && typeof one.name === "string" ? [one] : [];
    } catch {
      return [];
    }
  });
}
