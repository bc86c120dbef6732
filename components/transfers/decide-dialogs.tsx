import { OverLink, UnlessOver } from "@/components/transfers/over";
import { casesWord } from "@/components/transfers/transfer-words";
import { DecideDialog } from "@/components/ui/decide-dialog";
import type { FormAction } from "@/components/ui/form";
import type { TransferDetails } from "@/lib/transfers/get-transfer";

type Given = { action: FormAction; transfer: TransferDetails; transferHref: string; closeHref: string };

/** The receiver refuses, saying why. */
export function RejectDialog({ transfer, transferHref, draft, ...given }: Given & { draft: string }) {
  const { otherDistrict: other } = transfer;
  return (
    <DecideDialog
      {...given}
      title={
        <>
          Reject <span className="id">{transfer.reference}</span>
        </>
      }
      draft={draft}
      fields={{ transfer: transfer.id }}
      question={`Reject the transfer of ${casesWord(transfer.items)} from ${other}?`}
      reason={`${other} reads it in its list. Name no student: “Never enrolled here” is enough.`}
      button="Reject transfer"
      wrap={(submit) => <UnlessOver>{submit}</UnlessOver>}
    >
      <OverLink href={transferHref} />
      <p>
        Nothing comes into your district.{" "}
        {transfer.status === "unlocked"
          ? `The package is destroyed${transfer.entered > 0 ? ", with the details entered so far" : ""}`
          : "The code stops working"}
        . {other} keeps its cases and can send them again.
      </p>
    </DecideDialog>
  );
}

/** The sender takes a pending transfer back. */
export function CancelDialog({ transfer, transferHref, ...given }: Given) {
  return (
    <DecideDialog
      {...given}
      title={
        <>
          Cancel <span className="id">{transfer.reference}</span>
        </>
      }
      fields={{ transfer: transfer.id }}
      question={`Cancel the transfer of ${casesWord(transfer.items)} to ${transfer.otherDistrict}?`}
      button="Cancel transfer"
      wrap={(submit) => <UnlessOver>{submit}</UnlessOver>}
    >
      <OverLink href={transferHref} />
      <p>The code stops working at once. Your cases stay as they are, and you can send them again.</p>
    </DecideDialog>
  );
}

/** Asks before the switch goes off while transfers are pending. */
export function SwitchOffDialog({ pending, ...given }: { action: FormAction; pending: number; closeHref: string }) {
  return (
    <DecideDialog
      {...given}
      title="Switch case transfers off"
      fields={{ sure: "on" }}
      question={
        pending === 0
          ? "Nothing is pending."
          : `${pending === 1 ? "1 pending transfer" : `${pending} pending transfers`} will wait.`
      }
      keep="Leave it on"
      button="Switch off"
    >
      <p>
        While the switch is off, nobody can send, and nobody can accept what is pending, in either direction. Waiting
        transfers say why, and can be rejected or cancelled; they expire when their time is over. What is unlocked can
        be finished.
      </p>
    </DecideDialog>
  );
}
