import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";

const states = {
  preparing: ["cancelled", "package", "Preparing"],
  pending: ["pending", "clock", "Pending"],
  unlocked: ["details", "list-todo", "Details needed"],
  completed: ["done", "circle-check", "Completed"],
  rejected: ["rejected", "circle-x", "Rejected"],
  cancelled: ["cancelled", "ban", "Cancelled"],
  expired: ["expired", "hourglass", "Expired"],
  failed: ["rejected", "octagon-x", "Failed"],
  locked: ["locked", "lock", "Locked"],
  held: ["held", "circle-pause", "Held"],
  delivered: ["done", "circle-check", "Delivered"],
  returned: ["rejected", "undo-2", "Returned"],
  recalled: ["cancelled", "ban", "Recalled"],
  reported: ["rejected", "flag", "Reported"],
  redone: ["done", "refresh-cw", "Redone"],
  withdrawn: ["cancelled", "ban", "Withdrawn"],
  readOnly: ["copy", "eye", "Read-only"],
} as const satisfies Record<string, readonly [string, IconName, string]>;

/** A transfer's state in colour, icon and word. `readOnly` is the canary mark of what came from another district. */
export type ChipState = keyof typeof states;

export function StateChip({ state, word }: { state: ChipState; word?: string | undefined }) {
  const [kind, icon, ownWord] = states[state];
  return (
    <span className={`st st-${kind}`}>
      <Icon name={icon} />
      {word ?? ownWord}
    </span>
  );
}
