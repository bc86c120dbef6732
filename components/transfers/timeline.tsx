import type { ReactNode } from "react";
import { DateText } from "@/components/ui/date";
import type { TransferEventView } from "@/lib/transfers/transfer-course";

export type Step = { key: string; at: Date; who: string; what: ReactNode };

/** Who did what when. */
export function Steps({ steps, zone }: { steps: readonly Step[]; zone: string }) {
  return (
    <ol className="log">
      {steps.map((step) => (
        <li key={step.key}>
          <p className="log-when">
            <DateText value={step.at} zone={zone} shape="moment" />
          </p>
          <p className="log-what">
            <b>{step.who}</b> {step.what}
          </p>
        </li>
      ))}
    </ol>
  );
}

type Given = {
  events: readonly TransferEventView[];
  /** Who of the own district sent it; sealing may have been left to the worker. */
  sentBy: string | null;
  /** "2 cases" */
  items: string;
  zone: string;
};

/** The steps of a transfer; the other district's people as "Their staff". */
export function Timeline({ events, sentBy, items, zone }: Given) {
  if (events.length === 0) return <p className="small dim">Nothing has happened yet.</p>;
  const steps = events.map((event) => ({
    key: `${event.at.getTime()} ${event.verb}`,
    at: event.at,
    who: actorOf(event, sentBy),
    what: (
      <>
        {what(event, items)}
        {event.actsForBoth && (
          <span className="small dim"> ({event.own ? "acts" : "the person acts"} for both districts)</span>
        )}
      </>
    ),
  }));
  return <Steps steps={steps} zone={zone} />;
}

function actorOf(event: TransferEventView, sentBy: string | null): string {
  if (event.side === "time") return "Baton";
  // Whether documents were delivered by themselves or linked by hand is the receiving district's own business.
  if (!event.own && (event.verb === "deliver" || event.verb === "hold")) return "Baton";
  if (!event.own) return "Their staff";
  return event.actor ?? (event.verb === "seal" ? sentBy : null) ?? "Baton";
}

function what({ verb, detail }: TransferEventView, items: string): string {
  const left = Number(detail);
  const why = detail ? `: “${detail}”` : "";
  switch (verb) {
    case "seal":
      return `sent ${items}`;
    case "unlock":
      return "gave the code: the package is unlocked";
    case "wrong-code":
      return `gave a wrong code${detail ? `; ${left === 1 ? "1 try was" : `${left} tries were`} left` : ""}`;
    case "lock":
      return "gave a fifth wrong code: the transfer is locked";
    case "new-code":
      return "issued a new code; tries and expiry started again";
    case "show-code":
      return "had the code shown";
    case "reject":
      return `rejected it${detail ? `: “${detail}”` : ""}`;
    case "cancel":
      return "cancelled it";
    case "expire":
      return "ended it: the time was over and no code was given";
    case "save":
      return "entered the details and saved";
    case "fail":
      return `gave it up${detail ? `: ${detail}` : ""} Nothing was sent.`;
    case "hold":
      return "held it: nothing is delivered yet";
    case "deliver":
      return `delivered ${items}`;
    case "return":
      return `returned it${why}`;
    case "recall":
      return `recalled it${why}`;
    case "report":
      return `reported a wrong student; the documents are in quarantine${why}`;
    case "redo":
      return "sent it again to another student";
    case "withdraw":
      return `withdrew it${why}`;
    case "release":
      return `released the documents from quarantine${why}`;
    case "purge":
      return "purged the documents for good";
    default:
      return verb;
  }
}
