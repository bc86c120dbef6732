import { DateText } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import type { TransferDetails } from "@/lib/transfers/get-transfer";

const about: Record<string, string> = {
  "transfer-sent": "Cases were sent",
  "transfer-received": "Cases came in",
  "transfer-unlocked": "The code was given",
  "transfer-completed": "The cases were saved",
  "transfer-rejected": "Rejected",
  "transfer-cancelled": "Cancelled",
  "transfer-expired": "Expired",
  "transfer-locked": "Locked",
  "transfer-new-code": "New code issued",
  "transfer-failed": "Could not be sent",
  "transfer-reminder": "Reminder",
};

/** The district's own emails about a transfer: to whom, and whether they left. */
export function MailsTable({ mails, zone }: { mails: TransferDetails["mails"]; zone: string }) {
  return (
    <table className="tbl tbl-moves" aria-labelledby="mails">
      <thead>
        <tr>
          <th scope="col">To</th>
          <th scope="col">About</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <tr key={`${mail.to} ${mail.event} ${mail.createdAt.getTime()}`}>
            <td data-k="To" className="t-main">
              {mail.to}
            </td>
            <td data-k="About">{about[mail.event] ?? mail.event}</td>
            <td data-k="Status" className="wide">
              <Status {...{ mail, zone }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Status({ mail, zone }: { mail: TransferDetails["mails"][number]; zone: string }) {
  if (mail.status === "sent")
    return (
      <span className="j-ok">
        <Icon name="check" /> Sent {mail.sentAt && <DateText value={mail.sentAt} zone={zone} shape="minute" />}
      </span>
    );
  const tried = mail.tries === 0 ? "not tried yet" : mail.tries === 1 ? "tried once" : `tried ${mail.tries} times`;
  return (
    <span className={mail.status === "refused" ? "text-bad" : "j-no"}>
      <Icon name={mail.status === "refused" ? "circle-alert" : "clock"} />{" "}
      {mail.status === "refused" ? "Refused" : "Waiting"}, {tried}
      {mail.lastError && `: ${mail.lastError}`}
      {mail.status === "refused" && (
        <span className="sub">The mail server didn’t take this address. Check it under Users.</span>
      )}
    </span>
  );
}
