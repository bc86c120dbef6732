import { ProposalChip } from "@/components/admin/retention/proposals-table";
import { RecordPerson } from "@/components/admin/retention/record-person";
import { kindNames, recordsWord } from "@/components/admin/retention/retention-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { Facts, PageHead } from "@/components/ui/page-head";
import type { ProposalItem, ProposalView as View } from "@/lib/documents/find-proposal";

export type ProposalViewProps = {
  crumbs: readonly { label: string; href: string }[];
  proposal: View;
  /** How many of the chosen records didn't come into it, right after it was made. */
  leftOut: number;
  made: boolean;
  base: string;
  zone: string;
};

const going = (item: ProposalItem) => item.outcome === null || item.outcome === "destroyed";

/** A proposal: what it would destroy, what it leaves out and why; once decided, what became of it. */
export function ProposalView({ crumbs, proposal, leftOut, made, base, zone }: ProposalViewProps) {
  const { items, status, own } = proposal;
  const goes = items.filter(going).length;
  const href = `${base}/proposals/${proposal.id}`;
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title={
          <>
            Proposal <span className="nowrap">{proposal.number}</span>
          </>
        }
        chip={<ProposalChip status={status} />}
      >
        {status === "open" && (
          <LinkButton href={`${href}/withdraw`} scroll={false}>
            Withdraw
          </LinkButton>
        )}
        {proposal.canConfirm && goes > 0 && (
          <LinkButton variant="stop" href={`${href}/confirm`} scroll={false}>
            Confirm and destroy
          </LinkButton>
        )}
      </PageHead>
      {made && status === "open" && (
        <Banner kind="done" fact={`${recordsWord(items.length)} proposed.`} live>
          {leftOut > 0 &&
            `${recordsWord(leftOut)} of those you ticked weren’t: not due any more, on hold, in a transfer, or proposed already. `}
          Somebody else with Purge finds it under Admin ▸ Retention.
        </Banner>
      )}
      {status === "open" && own && !made && (
        <Banner kind="info" fact="You proposed this.">
          Somebody else with Purge has to confirm it: two people destroy, never one.
        </Banner>
      )}
      {status === "open" && !own && proposal.unknown && (
        <Banner kind="info" fact={`There are ${proposal.unknown} in this proposal.`}>
          Confirming it needs {proposal.unknown === "cases" ? "Manage Cases" : "Manage Documents"} besides Purge:
          whoever destroys something has to know what it is.
        </Banner>
      )}
      {status === "confirmed" && (
        <Banner kind="done" fact={`${recordsWord(goes)} destroyed.`}>
          {goes < items.length && `${recordsWord(items.length - goes)} stayed: the list says why. `}
          The certificates stand beside each record.
        </Banner>
      )}
      <Facts
        facts={[
          ["Proposed by", `${proposal.proposed.by}, ${dateWords(proposal.proposed.at, zone, "minute")}`],
          proposal.decided && [
            status === "confirmed" ? "Confirmed by" : "Withdrawn by",
            `${proposal.decided.by}, ${dateWords(proposal.decided.at, zone, "minute")}`,
          ],
          status === "open" && ["Would be destroyed", recordsWord(goes)],
          status === "open" && goes < items.length && ["Would stay", recordsWord(items.length - goes)],
        ]}
      />
      <p className="mt-3">
        <b>Reason.</b> <span className="whitespace-pre-line">{proposal.reason}</span>
      </p>
      {proposal.notice && (
        <p className="mt-3">
          <b>How parents were told.</b> <span className="whitespace-pre-line">{proposal.notice}</span>
        </p>
      )}
      <h2 className="sr">Records</h2>
      <table className="tbl mt-4">
        <caption className="sr">Records of the proposal</caption>
        <thead>
          <tr>
            <th scope="col">About</th>
            <th scope="col">Record</th>
            <th scope="col">Due since</th>
            <th scope="col">{status === "open" ? "If confirmed now" : "What became of it"}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td data-k="About" className="t-main">
                <RecordPerson person={item.person} of={item.kind === "case" ? "case" : "document"} />
              </td>
              <td data-k="Record">
                {kindNames[item.kind]}
                {item.number && (
                  <>
                    {" "}
                    <span className="id">{item.number}</span>
                  </>
                )}
              </td>
              <td data-k="Due since">
                <DateText value={item.dueOn} zone="UTC" />
              </td>
              <td data-k={status === "open" ? "If confirmed now" : "What became of it"}>
                <Outcome item={item} base={base} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const outcomeWords: Record<Exclude<ProposalItem["outcome"], null>, string> = {
  destroyed: "Destroyed",
  gone: "Stays out: not there any more, or in quarantine",
  held: "Stays: on legal hold",
  waits: "Stays: waits in a transfer",
  changed: "Stays: changed since it was proposed",
  "not-due": "Stays: not due any more",
  withdrawn: "Stays: the proposal was withdrawn",
};

function Outcome({ item, base }: { item: ProposalItem; base: string }) {
  if (item.outcome === null) return "Would be destroyed";
  if (!item.certificate) return <span className="dim">{outcomeWords[item.outcome]}</span>;
  return (
    <>
      {outcomeWords[item.outcome]}
      <span className="sub">
        <Link href={`${base}/certificates/${item.certificate.id}`}>
          Certificate <span className="id">{item.certificate.number}</span>
        </Link>
      </span>
    </>
  );
}
