import { basisWords, categoryWords } from "@/components/students/student-words";
import { DateText, dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/page-head";
import { type ChipState, StateChip } from "@/components/ui/state-chip";
import type { StudentDisclosure, StudentTransfer } from "@/lib/documents/find-student-page";

/** What went to other districts about the student, and what came from them. */
export function StudentTransfers({
  transfers,
  home,
  zone,
}: {
  transfers: readonly StudentTransfer[];
  home: string;
  zone: string;
}) {
  if (transfers.length === 0) return null;
  return (
    <section className="sec-2" aria-labelledby="transfers">
      <SectionHead id="transfers" title="Transfers" />
      <table className="tbl tbl-moves" aria-labelledby="transfers">
        <thead>
          <tr>
            <th scope="col">Reference</th>
            <th scope="col">District</th>
            <th scope="col">What</th>
            <th scope="col">Sent</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {transfers.map((one) => (
            <tr key={`${one.id} ${one.side}`}>
              <td data-k="Reference">
                <Link
                  className="id"
                  href={`${home}/admin/requests/${one.kind === "cases" ? "case-transfers" : "document-transfers"}/${one.id}`}
                >
                  {one.reference}
                </Link>
              </td>
              <td data-k="District" className="lead">
                {one.side === "outgoing" ? "To" : "From"} {one.district}
                <span className="sub">{one.state}</span>
              </td>
              <td data-k="What">{whatWords(one)}</td>
              <td data-k="Sent">
                <DateText value={one.at} zone={zone} />
              </td>
              <td data-k="Status" className="wide">
                <StateChip state={one.status as ChipState} />
                <span className="sub">{statusLine(one, zone)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function whatWords({ kind, items }: StudentTransfer): string {
  if (kind === "cases") return items === 1 ? "1 case" : `${items} cases`;
  return items === 1 ? "1 document" : `${items} documents`;
}

function statusLine(one: StudentTransfer, zone: string): string {
  const day = one.decidedAt ? dateWords(one.decidedAt, zone) : "";
  const sender = one.side === "outgoing";
  switch (one.status) {
    case "preparing":
      return "The files are being sealed";
    case "held":
      return sender ? "Their staff look which student it is" : "Waits for the right student";
    case "pending":
      return sender ? "They haven’t given the code yet" : "Waits for the code";
    case "unlocked":
      return sender ? "They gave the code and enter the details" : "Details are being entered";
    default:
      return one.reason ? `${day}: “${one.reason}”` : day;
  }
}

/** The disclosure record as a plain list (34 CFR 99.32). */
export function StudentDisclosures({ disclosures, zone }: { disclosures: readonly StudentDisclosure[]; zone: string }) {
  return (
    <section className="sec-2" aria-labelledby="disclosures">
      <SectionHead
        id="disclosures"
        title="Disclosures"
        note="Who outside the district was given records about this student (34 CFR 99.32)"
      />
      {disclosures.length === 0 ? (
        <p className="small dim">Nothing was disclosed through Baton.</p>
      ) : (
        <table className="tbl tbl-moves" aria-labelledby="disclosures">
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col">To</th>
              <th scope="col">What</th>
              <th scope="col">Interest and legal basis</th>
              <th scope="col">By</th>
            </tr>
          </thead>
          <tbody>
            {disclosures.map((one) => (
              <tr key={one.id}>
                <td data-k="Date">
                  <DateText value={one.at} zone={zone} />
                </td>
                <td data-k="To" className="lead">
                  {one.recipient ?? "–"}
                </td>
                <td data-k="What">
                  {categoryWords(one.category)}
                  {one.reference && <span className="sub id">{one.reference}</span>}
                </td>
                <td data-k="Interest and legal basis">
                  {one.interest}
                  <span className="sub">{basisWords[one.legalBasis] ?? one.legalBasis}</span>
                </td>
                <td data-k="By">{one.madeBy ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
