import { recordsWord } from "@/components/admin/retention/retention-words";
import { DateText } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { StateChip } from "@/components/ui/state-chip";
import type { ProposalStatus } from "@/lib/documents/find-proposal";
import type { ProposalRow } from "@/lib/documents/list-proposals";

export function ProposalChip({ status }: { status: ProposalStatus }) {
  if (status === "open") return <StateChip state="pending" word="Waiting" />;
  return (
    <StateChip
      state={status === "confirmed" ? "completed" : "withdrawn"}
      word={status === "confirmed" ? "Confirmed" : undefined}
    />
  );
}

/** Proposals for destruction, as a list. `label`: the id of its heading. */
export function ProposalsTable({
  rows,
  base,
  zone,
  label,
}: {
  rows: readonly ProposalRow[];
  base: string;
  zone: string;
  label: string;
}) {
  return (
    <table className="tbl tbl-moves" aria-labelledby={label}>
      <thead>
        <tr>
          <th scope="col">Proposal</th>
          <th scope="col">Records</th>
          <th scope="col">Proposed</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-k="Proposal" className="lead">
              <Link className="id" href={`${base}/proposals/${row.id}`}>
                {row.number}
              </Link>
            </td>
            <td data-k="Records">
              {recordsWord(row.records)}
              {row.status === "confirmed" && (
                <span className="sub">{row.destroyed.toLocaleString("en-US")} destroyed</span>
              )}
            </td>
            <td data-k="Proposed">
              <DateText value={row.proposed.at} zone={zone} />
              <span className="sub">{row.own ? "you" : row.proposed.by}</span>
            </td>
            <td data-k="Status">
              <ProposalChip status={row.status} />
              {row.decided && (
                <span className="sub">
                  {row.decided.by}, <DateText value={row.decided.at} zone={zone} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
