import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";

/** Nothing to show: why (`title`, `hint`), then what to do (children: one small button or link). */
export function Empty({
  icon = "inbox",
  title,
  hint,
  children,
}: {
  icon?: IconName;
  title: ReactNode;
  hint?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <h3>{title}</h3>
      {hint && <p className="small dim">{hint}</p>}
      {children}
    </div>
  );
}
