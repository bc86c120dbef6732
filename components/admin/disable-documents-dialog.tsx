import { DecideDialog } from "@/components/ui/decide-dialog";
import type { FormAction } from "@/components/ui/form";

/** Asks before document transfers are disabled while some are under way. */
export function DisableDocumentsDialog({
  waiting,
  ...given
}: {
  action: FormAction;
  waiting: number;
  closeHref: string;
}) {
  return (
    <DecideDialog
      {...given}
      title="Disable District-to-District Transfer"
      fields={{ off: "on", sure: "on" }}
      question={
        waiting === 0
          ? "Nothing is under way."
          : waiting === 1
            ? "1 document transfer will wait."
            : `${waiting} document transfers will wait.`
      }
      keep="Leave it enabled"
      button="Disable"
    >
      <p>
        While it’s disabled, no documents can be sent or delivered, in either direction. What is held waits, and can be
        returned or recalled. What was delivered stays.
      </p>
    </DecideDialog>
  );
}
