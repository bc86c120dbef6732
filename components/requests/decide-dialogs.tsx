import { DecideDialog } from "@/components/ui/decide-dialog";
import type { FormAction } from "@/components/ui/form";
import type { RequestDetails } from "@/lib/requests/get-request";

type Given = { action: FormAction; request: RequestDetails; closeHref: string };

/** The holder refuses, saying why. */
export function DeclineDialog({ request, draft, ...given }: Given & { draft: string }) {
  const { otherDistrict: other } = request;
  return (
    <DecideDialog
      {...given}
      title={
        <>
          Decline <span className="id">{request.reference}</span>
        </>
      }
      draft={draft}
      fields={{ request: request.id }}
      question={`Decline what ${other} asks for?`}
      reason={`${other} reads it in its list. Name no student: “Never enrolled here” is enough.`}
      button="Decline request"
    >
      <p>Nothing leaves your district. They’re told by email, and can ask again.</p>
    </DecideDialog>
  );
}

/** The asker takes an open request back. */
export function WithdrawDialog({ request, ...given }: Given) {
  return (
    <DecideDialog
      {...given}
      title={
        <>
          Withdraw <span className="id">{request.reference}</span>
        </>
      }
      fields={{ request: request.id }}
      question={`Withdraw your request to ${request.otherDistrict}?`}
      button="Withdraw request"
    >
      <p>They’re told by email, and no longer see whom you asked about. You can ask again.</p>
    </DecideDialog>
  );
}
