import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";

const kinds = {
  info: ["", "info"],
  done: [" note-done", "circle-check"],
  held: [" note-held", "triangle-alert"],
  bad: [" note-bad", "octagon-x"],
  gone: [" gone", "send"],
} as const satisfies Record<string, readonly [string, IconName]>;

/**
 * A bold fact (`fact`), then what comes next (children). done: a result. held: a warning. bad: an error. gone: transferred from here.
 * `live` announces it when it appears; for results of what the person just did.
 */
export function Banner({
  kind = "info",
  icon,
  fact,
  live,
  children,
}: {
  kind?: keyof typeof kinds | undefined;
  icon?: IconName | undefined;
  fact?: ReactNode;
  live?: boolean | undefined;
  children?: ReactNode;
}) {
  const [className, ownIcon] = kinds[kind];
  return (
    <div className={`note${className}`} role={live ? (kind === "bad" ? "alert" : "status") : undefined}>
      <Icon name={icon ?? ownIcon} />
      <div>
        {fact && (
          <>
            <b>{fact}</b>{" "}
          </>
        )}
        {children}
      </div>
    </div>
  );
}
