import type { ReactNode } from "react";
import { CoordinatorCard } from "@/components/transfers/code-sheet";
import { Handover } from "@/components/transfers/handover";
import { MailsList } from "@/components/transfers/mails-list";
import { Timeline } from "@/components/transfers/timeline";
import { casesWord, chipOf, stateLine } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { PackageView } from "@/lib/transfers/get-package";
import type { TransferDetails } from "@/lib/transfers/get-transfer";

export type TransferViewProps = {
  transfer: TransferDetails;
  /** Notes and cases of an unlocked incoming package. */
  content: PackageView | null;
  /** What the person just did; shown only where it agrees with the state. */
  result: string | null;
  own: { name: string; stateName: string };
  crumbs: readonly { label: string; href: string }[];
  /** This page, the dialogs below it, and the cases. */
  links: { dialog: (name: "accept" | "reject" | "cancel" | "details" | "new-code") => string; cases: string };
  /** The code of a pending outgoing one. */
  code: ReactNode;
  zone: string;
};

const basisNames: Record<string, string> = {
  enrollment: "Enrollment in the other district (34 CFR 99.31(a)(2))",
  consent: "Written consent (34 CFR 99.30)",
  emergency: "Health or safety emergency (34 CFR 99.36)",
};

/** A transfer: where it stands, who did what when, what's in it as far as one may see. */
export function TransferView({ transfer, content, result, own, crumbs, links, code, zone }: TransferViewProps) {
  const { side, status } = transfer;
  const incoming = side === "incoming";
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title={
          <>
            Transfer <span className="id">{transfer.reference}</span>
          </>
        }
        chip={<StateChip state={chipOf(transfer)} />}
        note={stateLine(transfer, zone)}
      >
        <Actions {...{ transfer, links }} />
      </PageHead>
      <Result {...{ transfer, result, links }} />
      <Waits transfer={transfer} />
      <Handover
        course={transfer}
        side={side}
        own={{ name: own.name, note: own.stateName }}
        other={{ name: transfer.otherDistrict, note: transfer.otherState }}
        cases={transfer.cases}
        zone={zone}
      />
      <Facts
        facts={[
          ["Direction", incoming ? "Incoming" : "Outgoing"],
          ["Cases", transfer.cases],
          ["Attachments", transfer.totalBytes > 0 ? bytesWords(transfer.totalBytes) : "None"],
          ["Legal basis", basisNames[transfer.legalBasis] ?? transfer.legalBasis],
          transfer.sentBy !== null && ["Sent by", transfer.sentBy],
          Boolean(transfer.spokeWith || transfer.spokeOn) && [
            "Spoke with",
            <>
              {transfer.spokeWith}
              {transfer.spokeOn && (
                <>
                  {transfer.spokeWith && ", "}
                  <DateText value={transfer.spokeOn} zone={zone} />
                </>
              )}
            </>,
          ],
          status === "pending" &&
            transfer.expiresAt && [
              "Expires",
              <DateText key="expires" value={transfer.expiresAt} zone={zone} shape="minute" />,
            ],
          status === "pending" && transfer.triesLeft !== null && ["Tries left", `${transfer.triesLeft} of 5`],
        ]}
      />
      {code && <div className="mb-6">{code}</div>}
      <div className="case-cols">
        <div>
          <section className="travel" aria-labelledby="contents">
            <SectionHead id="contents" title="What is in it" />
            <Contents {...{ transfer, content, links }} />
          </section>
          <section className="sec-2" aria-labelledby="timeline">
            <SectionHead id="timeline" title="Timeline" />
            <Timeline events={transfer.events} sentBy={transfer.sentBy} cases={transfer.cases} zone={zone} />
          </section>
        </div>
        <div className="case-side">
          <CoordinatorCard contact={transfer.contact} />
          {transfer.mails.length > 0 && (
            <section aria-labelledby="mails">
              <h2 id="mails" className="h-s">
                Emails to your people
              </h2>
              <MailsList mails={transfer.mails} zone={zone} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function Actions({ transfer, links }: Pick<TransferViewProps, "transfer" | "links">) {
  const { side, status } = transfer;
  const incoming = side === "incoming";
  return (
    <>
      {incoming && status === "pending" && !transfer.locked && transfer.waitsFor === null && (
        <LinkButton variant="go" small href={links.dialog("accept")} scroll={false}>
          Accept
        </LinkButton>
      )}
      {incoming && status === "unlocked" && (
        <LinkButton variant="go" small href={links.dialog("details")}>
          Resume
        </LinkButton>
      )}
      {incoming && (status === "pending" || status === "unlocked") && (
        <LinkButton variant="stop" small href={links.dialog("reject")} scroll={false}>
          Reject
        </LinkButton>
      )}
      {!incoming && status === "pending" && (
        <LinkButton variant="stop" small href={links.dialog("cancel")} scroll={false}>
          Cancel
        </LinkButton>
      )}
    </>
  );
}

function Result({ transfer, result, links }: Pick<TransferViewProps, "transfer" | "result" | "links">) {
  const { status, side, contents, leftOut } = transfer;
  if (result === "cancelled" && status === "cancelled")
    return (
      <Banner kind="done" fact="The transfer is cancelled." live>
        Its code no longer works, and the package is destroyed. Your cases are as they were, and you can send them
        again.
      </Banner>
    );
  if (result === "rejected" && status === "rejected")
    return (
      <Banner kind="done" fact="The transfer is rejected." live>
        {transfer.otherDistrict} is told, with your reason. The package is destroyed here.
      </Banner>
    );
  if (result === "saved" && status === "completed" && side === "incoming") {
    const saved = contents.length;
    return (
      <Banner
        kind="done"
        fact={
          saved === 0
            ? "The transfer is completed."
            : `${casesWord(saved)} ${saved === 1 ? "is" : "are"} in your district now.`
        }
        live
      >
        {leftOut.length > 0 && `${casesWord(leftOut.length)} ${leftOut.length === 1 ? "was" : "were"} left out. `}
        {saved > 12 ? (
          "Their new numbers stand below."
        ) : (
          <ul>
            {contents.map((one) => (
              <li key={one.id}>
                <Link className="id" href={`${links.cases}/${one.id}`}>
                  {one.number}
                </Link>{" "}
                <bdi>
                  {one.family}, {one.given}
                </bdi>
              </li>
            ))}
          </ul>
        )}
      </Banner>
    );
  }
  return null;
}

function Waits({ transfer }: Pick<TransferViewProps, "transfer">) {
  const { side, waitsFor, otherDistrict, locked, status, expiresAt } = transfer;
  if (status !== "pending") return null;
  if (waitsFor === "us")
    return (
      <Banner kind="held" fact="It waits: your district switched case transfers off.">
        Nobody can accept it until they’re on again. {side === "incoming" ? "Rejecting" : "Cancelling"} is possible.
      </Banner>
    );
  if (waitsFor === "them")
    return (
      <Banner kind="held" fact={`It waits: ${otherDistrict} switched case transfers off.`}>
        Nobody can accept it until they’re on again. Call them.
      </Banner>
    );
  if (expiresAt && expiresAt.getTime() < Date.now())
    return (
      <Banner kind="held" fact="The time is over.">
        Nobody can accept it any more; it’s about to be ended.
      </Banner>
    );
  if (locked)
    return (
      <Banner kind="held" fact="Five wrong codes were given: the transfer is locked.">
        {side === "incoming"
          ? `Call ${otherDistrict} and ask for a new code.`
          : "Issue a new code, and pass it on by phone or in person."}
      </Banner>
    );
  return null;
}

function Contents({ transfer, content, links }: Pick<TransferViewProps, "transfer" | "content" | "links">) {
  const { side, status, contents, notes, leftOut, cases } = transfer;
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
          <ul>
            {content.cases.map((one) => (
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
          </ul>
        </>
      )}
      {!content && contents.length > 0 && (
        <>
          <p className="small dim">
            {side === "outgoing"
              ? "Your originals. What you change in them now doesn’t travel."
              : `Received, with ${cases === 1 ? "its" : "their"} history read-only; the numbers are your district’s.`}
          </p>
          <ul>
            {contents.map((one) => (
              <li key={one.id}>
                <Link className="id" href={`${links.cases}/${one.id}`}>
                  {one.number}
                </Link>
                <bdi>
                  {one.family}, {one.given}
                </bdi>
                <span className="small dim">{one.originNumber && `was ${one.originNumber}`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {!content && contents.length === 0 && <p>{nothingShown(side, status, cases)}</p>}
      {leftOut.length > 0 && (
        <>
          <h3 className="h-sub">Left out: {casesWord(leftOut.length)}</h3>
          <ul className="small">
            {leftOut.map((reason, at) => (
              <li key={`${at}-${reason}`}>“{reason}”</li>
            ))}
          </ul>
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
