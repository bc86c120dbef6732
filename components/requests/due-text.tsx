import { dueWords } from "@/components/requests/request-words";
import { Icon } from "@/components/ui/icon";
import type { RequestDue } from "@/lib/requests/request-due";

/** "Due in 4 school days", "Due today", "Overdue by 2 working days"; nothing once the request is decided. */
export function DueText({ due }: { due: RequestDue }) {
  const words = dueWords(due);
  if (!words) return null;
  return (
    <span className={words.look || undefined}>
      {words.look === "late" && <Icon name="triangle-alert" />} {words.text}
    </span>
  );
}
