import type { ReactNode } from "react";
import type { TransferViewProps } from "@/components/transfers/transfer-view";
import { casesWord } from "@/components/transfers/transfer-words";
import { Link } from "@/components/ui/link";
import { StateChip } from "@/components/ui/state-chip";
import type { TransferDetails } from "@/lib/transfers/get-transfer";

/** What is in a transfer, as far as one may see it: the package's cases, one's own, what was left out, the notes. */
export function TransferContents({
  transfer,
  content,
  links,
}: Pick<TransferViewProps, "transfer" | "content" | "links">) {
  const { side, status, contents, notes, leftOut, items: cases } = transfer;
  // Out of the package while it's unlocked; kept by the own district once it's saved.
  const theirNotes = content?.cover.notes || (side === "incoming" ? notes : null);
  return (
    <>
      {content && (
        <>
          <p className="small dim">
            Sent by {content.cover.sentBy}. {casesWord(content.cases.length)}, read-only until you enter their details
            and save.
          </p>
          <Folded
            lines={content.cases.map((one) => (
              <li key={one.n}>
                <Link className="id" href={`${links.dialog("details")}?n=${one.n}`}>
                  {one.number}
                </Link>
                <bdi>
                  {one.family}, {one.given}
                </bdi>
                <span className="small dim">
                  {one.attachments > 0 && `${one.attachments} ${one.attachments === 1 ? "attachment" : "attachments"}`}
                </span>
              </li>
            ))}
          />
        </>
      )}
      {!content && contents.length > 0 && (
        <>
          <p className="small dim">
            {side === "outgoing"
              ? "Your originals. What you change in them now doesn’t travel."
              : `Received, with ${cases === 1 ? "its" : "their"} history read-only; the numbers are your district’s.`}
          </p>
          <Folded
            lines={contents.map((one) => (
              <li key={one.id}>
                <Link className="id" href={`${links.cases}/${one.id}`}>
                  {one.number}
                </Link>
                <bdi>
                  {one.family}, {one.given}
                </bdi>
                <span className="small dim">{one.originNumber && `was ${one.originNumber}`}</span>
                {one.cameAs && one.cameAs !== `${one.family}, ${one.given}` && (
                  <span className="small dim wide-2">
                    Came as <bdi>{one.cameAs}</bdi>
                  </span>
                )}
              </li>
            ))}
          />
        </>
      )}
      {!content && contents.length === 0 && <p>{nothingShown(side, status, cases)}</p>}
      {leftOut.length > 0 && (
        <>
          <h3 className="h-sub">
            {side === "outgoing"
              ? `Left out by ${transfer.otherDistrict}: ${casesWord(leftOut.length)}`
              : `Left out: ${casesWord(leftOut.length)}, by the number that it has there`}
          </h3>
          <Folded
            lines={leftOut.map(({ n, id, originNumber, reason }) => (
              <li key={n}>
                {id ? (
                  <Link className="id" href={`${links.cases}/${id}`}>
                    {originNumber}
                  </Link>
                ) : originNumber ? (
                  <span className="id">{originNumber}</span>
                ) : (
                  <span>Case {n}</span>
                )}
                {reason ? (
                  <span className="wide-2" dir="auto">
                    “{reason}”
                  </span>
                ) : (
                  <span className="wide-2 dim">No reason was written for you.</span>
                )}
              </li>
            ))}
          />
        </>
      )}
      {notes && side === "outgoing" && (
        <>
          <h3 className="h-sub">Notes to {transfer.otherDistrict}</h3>
          <p className="whitespace-pre-line" dir="auto">
            {notes}
          </p>
        </>
      )}
      {theirNotes && (
        <div className="copy">
          <div className="copy-h">
            <h3>Notes from {transfer.otherDistrict}</h3>
            <StateChip state="readOnly" />
          </div>
          <p className="whitespace-pre-line" dir="auto">
            {theirNotes}
          </p>
        </div>
      )}
    </>
  );
}

function nothingShown(side: "incoming" | "outgoing", status: TransferDetails["status"], cases: number): string {
  if (status === "pending")
    return `${casesWord(cases)}, sealed until the authorization code is given. Before that nobody here can see whom ${cases === 1 ? "it is" : "they are"} about.`;
  if (status === "completed") return "None of the cases was taken over.";
  return side === "incoming"
    ? "The package was destroyed when the transfer was decided."
    : "Its cases aren’t there any more.";
}

/** Cases shown before a list folds. */
const shownAtOnce = 12;

/** A list whose rest opens on demand, so that notes and timeline don't lie far below it. */
function Folded({ lines }: { lines: readonly ReactNode[] }) {
  return (
    <>
      <ul>{lines.slice(0, shownAtOnce)}</ul>
      {lines.length > shownAtOnce && (
        <details className="mt-2">
          <summary className="link-like small">Show all {casesWord(lines.length)}</summary>
          <ul>{lines.slice(shownAtOnce)}</ul>
        </details>
      )}
    </>
  );
}
