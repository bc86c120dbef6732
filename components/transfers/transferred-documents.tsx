import type { DocumentTransferViewProps } from "@/components/transfers/document-transfer-view";
import { documentsWord } from "@/components/transfers/transfer-words";
import { bytesWords } from "@/components/ui/bytes";
import { DateText } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { StateChip } from "@/components/ui/state-chip";

/** What is in a document transfer, as far as the own district may see it, and the notes that came or went with it. */
export function TransferredDocuments({
  transfer,
  links,
  typeNames,
  zone,
}: Pick<DocumentTransferViewProps, "transfer" | "links" | "typeNames" | "zone">) {
  const { documents, side, status, items, notes, otherDistrict, student } = transfer;
  const incoming = side === "incoming";
  return (
    <>
      {documents.length > 0 ? (
        <>
          <p className="small dim">
            {incoming
              ? "Received; the documents are your district’s own copies."
              : "Your originals. What you change in them now doesn’t travel."}
          </p>
          <ul>
            {documents.map((one) => (
              <li key={one.n}>
                <span className="small">{typeNames[one.type]}</span>
                {one.title !== null && one.id !== null && student && !one.deleted ? (
                  <Link href={links.document(student.id, one.id)}>{one.title}</Link>
                ) : (
                  <span className="dim">
                    {one.title !== null
                      ? `${one.title} (deleted)`
                      : one.id === null
                        ? "Gone for good"
                        : "In quarantine"}
                  </span>
                )}
                <span className="small dim">
                  {one.datedOn && <DateText value={one.datedOn} zone={zone} />}
                  {one.datedOn && one.bytes !== null && " · "}
                  {one.bytes !== null && bytesWords(one.bytes)}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          {status === "held"
            ? `${documentsWord(items)}, sealed. What ${items === 1 ? "it is" : "they are"} shows when the transfer is delivered.`
            : incoming && (status === "returned" || (status === "recalled" && transfer.deliveredAt === null))
              ? "The package was destroyed when the transfer was decided."
              : incoming
                ? "The documents were purged."
                : "Its documents aren’t there any more."}
        </p>
      )}
      {notes &&
        (incoming ? (
          <div className="copy">
            <div className="copy-h">
              <h3>Notes from {otherDistrict}</h3>
              <StateChip state="readOnly" />
            </div>
            <p className="whitespace-pre-line" dir="auto">
              {notes}
            </p>
          </div>
        ) : (
          <>
            <h3 className="h-sub">Notes to {otherDistrict}</h3>
            <p className="whitespace-pre-line" dir="auto">
              {notes}
            </p>
          </>
        ))}
    </>
  );
}
