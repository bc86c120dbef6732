import { type ChipState, StateChip } from "@/components/ui/state-chip";
import type { ImportSection } from "@/lib/roster/list-import-rows";
import type { ImportStatus, ImportView } from "@/lib/roster/list-imports";

const counted = new Intl.NumberFormat("en-US");

/** "1 student", "1,240 students" */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${counted.format(n)} ${n === 1 ? one : many}`;
export const figure = (n: number): string => counted.format(n);

const chips: Record<ImportStatus, [ChipState, string]> = {
  checking: ["preparing", "Checking"],
  ready: ["pending", "Ready to apply"],
  held: ["held", "Held"],
  failed: ["failed", "Failed"],
  applying: ["preparing", "Applying"],
  applied: ["completed", "Applied"],
  discarded: ["cancelled", "Discarded"],
};

/** An import's standing in colour, icon and word. */
export function ImportChip({ status }: { status: ImportStatus }) {
  const [state, word] = chips[status];
  return <StateChip state={state} word={word} />;
}

export const sectionWords: Record<ImportSection, string> = {
  added: "Added",
  changed: "Changed",
  returned: "Coming back",
  leaving: "Leaving",
  staff: "Staff",
};

/** "All students" or "Changes only": what the bundle brings. */
export const kindWords = ({ kind, version }: Pick<ImportView, "kind" | "version">): string =>
  kind === null ? "" : `${kind === "bulk" ? "All students" : "Changes only"}, OneRoster ${version}`;

/** "12 added, 3 changed, 1 leaving" */
export function countWords({ counts }: Pick<ImportView, "counts">): string {
  const parts = [
    counts.added > 0 && `${figure(counts.added)} added`,
    counts.changed > 0 && `${figure(counts.changed)} changed`,
    counts.returned > 0 && `${figure(counts.returned)} came back`,
    counts.leaving > 0 && `${figure(counts.leaving)} left`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "Nothing changed";
}
