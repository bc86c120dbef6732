import type { ReactNode } from "react";
import { type CodeFacts, CodeSheet, CoordinatorCard, PassItOn } from "@/components/transfers/code-sheet";
import { Handover } from "@/components/transfers/handover";
import { casesWord } from "@/components/transfers/transfer-words";
import { WatchSealing } from "@/components/transfers/watch-sealing";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Progress } from "@/components/ui/progress";
import type { HeldBack, SentTransfer } from "@/lib/transfers/get-sent";

/** A transfer of the dispatch with its code, where it has one now. */
export type SentSlip = { transfer: SentTransfer; code: string | null; facts: CodeFacts };

type Given = {
  slips: readonly SentSlip[];
  /** Ticked districts that got nothing, because every chosen case waits there already. */
  without: readonly string[];
  own: { name: string; note: string };
  transfersHref: string;
  casesHref: string;
  /** Where the page asks whether the sealing is done. */
  progressUrl: string;
  zone: string;
};

/** What comes after **Transfer N cases**: the codes, how to pass them on, what stayed here. */
export function SentView({ slips, without, own, transfersHref, casesHref, progressUrl, zone }: Given) {
  const [only, ...others] = slips;
  const many = others.length > 0;
  const preparing = slips.filter((slip) => slip.transfer.status === "preparing");
  return (
    <div className="mx-auto max-w-[848px]">
      {many ? (
        <PageHead title="Authorization codes" note={`${slips.length} transfers, each with a code of its own`} />
      ) : (
        only && !only.code && <PageHead title={`Transfer to ${only.transfer.to.name}`} />
      )}
      {preparing.length > 0 && <Sealing {...{ slips, preparing: preparing.length, progressUrl }} />}
      {without.map((name) => (
        <Banner key={name} kind="held" fact={`Nothing was sent to ${name}.`}>
          All chosen cases wait in an earlier transfer to it.
        </Banner>
      ))}
      {slips.map((slip) => (
        <Slip key={slip.transfer.id} {...{ slip, many, own, zone, transfersHref }} />
      ))}
      {slips.some((slip) => slip.code) && (
        <>
          <div className={many ? "mb-4" : "duo"}>
            <PassItOn many={many} />
            {!many && only && <CoordinatorCard contact={only.transfer.contact} />}
          </div>
          <p className="small dim after">
            Lost it? Every <b>Manage Cases</b> user of your district can see the code again in the transfer’s details
            until it is decided. <b>New code</b> there replaces it. The people of{" "}
            {many ? "these districts" : (only?.transfer.to.name ?? "the district")} and yours get an email: it holds no
            name, no case and no code.
          </p>
        </>
      )}
      <div className="btns">
        <LinkButton href={many || !only ? `${transfersHref}#outgoing` : `${transfersHref}/${only.transfer.id}`}>
          {many ? "See the transfers" : "See the transfer"}
        </LinkButton>
        <LinkButton variant="quiet" href={casesHref}>
          Back to cases
        </LinkButton>
      </div>
    </div>
  );
}

function Sealing({
  slips,
  preparing,
  progressUrl,
}: {
  slips: readonly SentSlip[];
  preparing: number;
  progressUrl: string;
}) {
  return (
    <section className="well mb-4" aria-label="Progress">
      <WatchSealing url={progressUrl} preparing={preparing} />
      <Progress
        heading="h2"
        label={`Sealing ${slips.length === 1 ? "the package" : `${slips.length} packages`}: ${slips.length - preparing} of ${slips.length} done`}
        done={slips.length - preparing}
        total={slips.length}
      />
      <p className="small dim">
        Large attachments take a while. The code shows here as soon as it’s there. You can leave: the list of transfers
        shows the result, and the code is in the transfer’s details then.
      </p>
    </section>
  );
}

function Slip({
  slip,
  many,
  own,
  zone,
  transfersHref,
}: { slip: SentSlip; many: boolean } & Pick<Given, "own" | "zone" | "transfersHref">) {
  const { transfer, code, facts } = slip;
  const reference = (
    <Link className="id" href={`${transfersHref}/${transfer.id}`}>
      {transfer.reference}
    </Link>
  );
  const course = { ...transfer, unlockedAt: null, decidedAt: null };
  return (
    <section className={many ? "mb-8" : undefined} aria-label={`Transfer to ${transfer.to.name}`}>
      <Told {...{ transfer, reference, code }} />
      {(code || transfer.status === "preparing") && (
        <Handover
          kind="cases"
          course={course}
          side="outgoing"
          own={own}
          other={{ name: transfer.to.name, note: transfer.to.stateName }}
          items={transfer.cases}
          zone={zone}
        />
      )}
      {code && (
        <CodeSheet
          code={code}
          expiresAt={transfer.expiresAt}
          facts={facts}
          title={many ? `Authorization code for ${transfer.to.name}` : "Authorization code"}
          heading={many ? "h2" : "h1"}
          go={!many}
        />
      )}
      {many && code && (
        <div className="mb-4">
          <CoordinatorCard contact={transfer.contact} district={transfer.to.name} id={`coordinator-${transfer.id}`} />
        </div>
      )}
      {transfer.heldBack.length > 0 && (
        <HeldBackList {...{ heldBack: transfer.heldBack, to: transfer.to.name, transfersHref }} />
      )}
    </section>
  );
}

function Told({ transfer, reference, code }: { transfer: SentTransfer; reference: ReactNode; code: string | null }) {
  const { name } = transfer.to;
  const n = transfer.cases;
  if (transfer.status === "preparing")
    return (
      <Banner fact={`${casesWord(n)} for ${name} ${n === 1 ? "is" : "are"} being sealed.`} live>
        Transfer {reference}. The other district sees nothing of it yet.
      </Banner>
    );
  if (transfer.status === "failed")
    return (
      <Banner kind="bad" fact={`Nothing was sent to ${name}.`} live>
        {transfer.reason} Transfer {reference}. Your cases are as they were: mend it, then send them again.
      </Banner>
    );
  if (code)
    return (
      <Banner kind="done" fact={`${casesWord(n)} ${n === 1 ? "is" : "are"} waiting for ${name}.`} live>
        Transfer {reference}. They can’t open anything until you pass on the code.
      </Banner>
    );
  return (
    <Banner fact={`The code for ${name} is no longer shown.`}>
      Transfer {reference} {transfer.status === "unlocked" ? "has been unlocked" : `is ${transfer.status}`}; its details
      say by whom and when.
    </Banner>
  );
}

function HeldBackList({
  heldBack,
  to,
  transfersHref,
}: {
  heldBack: readonly HeldBack[];
  to: string;
  transfersHref: string;
}) {
  return (
    <section className="travel after" aria-label={`Cases that stayed here, not sent to ${to}`}>
      <h2 className="h-s">
        {casesWord(heldBack.length)} stayed here: {heldBack.length === 1 ? "it waits" : "they wait"} in an earlier
        transfer to {to}
      </h2>
      <ul>
        {heldBack.map((one) => (
          <li key={one.number} className="stays">
            <span className="id">{one.number}</span>
            <span>
              {one.family}, {one.given}
            </span>
            {one.waitsIn && (
              <span className="small">
                Already in pending transfer{" "}
                <Link className="id" href={`${transfersHref}/${one.waitsIn.transferId}`}>
                  {one.waitsIn.reference}
                </Link>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
