import { DateText } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import type { MailView } from "@/lib/districts/list-mails";

const about: Record<string, string> = {
  "transfer-sent": "Cases were sent",
  "transfer-received": "Cases came in",
  "transfer-unlocked": "The code was given",
  "transfer-completed": "The cases were saved",
  "transfer-rejected": "Rejected",
  "transfer-cancelled": "Cancelled",
  "transfer-expired": "Expired",
  "transfer-locked": "Locked",
  "transfer-new-code": "A new code was issued",
  "transfer-failed": "Could not be sent",
  "transfer-reminder": "Reminder",
  "documents-delivered": "Documents were delivered",
  "documents-held": "Documents are held",
  "documents-returned": "Returned",
  "documents-recalled": "Recalled",
  "documents-reported": "Wrong student reported",
  "documents-failed": "Could not be sent",
  "request-received": "Records are asked for",
  "request-due-soon": "Reminder: due soon",
  "request-due-today": "Reminder: due today",
  "request-overdue": "Overdue",
  "request-answered": "Answered",
  "request-declined": "Declined",
  "request-withdrawn": "Withdrawn",
};

/** The district's own emails about a transfer or a record request: what about, to whom, and whether they left. */
export function MailsList({ mails, zone }: { mails: readonly MailView[]; zone: string }) {
  const byEvent = Map.groupBy(mails, (mail) => mail.event);
  return [...byEvent].map(([event, list]) => (
    <div key={event}>
      <h3 className="h-sub">{about[event] ?? event}</h3>
      <ul className="tasks">
        {list.map((mail) => (
          <li key={`${mail.to} ${mail.createdAt.getTime()}`}>
            {mail.to}
            <small>
              <Status mail={mail} zone={zone} />
            </small>
          </li>
        ))}
      </ul>
    </div>
  ));
}

function Status({ mail, zone }: { mail: MailView; zone: string }) {
  if (mail.status === "sent")
    return (
      <>
        <Icon name="check" /> Sent {mail.sentAt && <DateText value={mail.sentAt} zone={zone} shape="minute" />}
      </>
    );
  const tried = mail.tries === 0 ? "not tried yet" : mail.tries === 1 ? "tried once" : `tried ${mail.tries} times`;
  const why = mail.lastError ? `: ${mail.lastError}` : "";
  return mail.status === "waiting" ? (
    <span className="text-held">
      <Icon name="clock" /> Waiting, {tried}
      {why}
    </span>
  ) : (
    <span className="text-bad">
      <Icon name="circle-alert" /> Refused, {tried}
      {why} {mail.lastError?.includes("address") && "Check it under Users."}
    </span>
  );
}
