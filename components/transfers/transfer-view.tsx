import type { ReactNode } from "react";
import { ExchangeView } from "@/components/transfers/exchange-view";
import { Handover } from "@/components/transfers/handover";
import { StatedBasis } from "@/components/transfers/stated-basis";
import { Timeline } from "@/components/transfers/timeline";
import { TransferContents } from "@/components/transfers/transfer-contents";
import { TransferResult } from "@/components/transfers/transfer-result";
import { casesWord, chipOf, stateLine } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { DateText } from "@/components/ui/date";
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
  links: {
    dialog: (name: "accept" | "reject" | "cancel" | "details" | "new-code" | "notice") => string;
    cases: string;
  };
  /** The code of a pending outgoing one. */
  code: ReactNode;
  zone: string;
};

/** A transfer: where it stands, who did what when, what's in it as far as one may see. */
export function TransferView({ transfer, content, result, own, crumbs, links, code, zone }: TransferViewProps) {
  const { side, status } = transfer;
  const incoming = side === "incoming";
  return (
    <ExchangeView
      crumbs={crumbs}
      what="Transfer"
      exchange={transfer}
      chip={<StateChip state={chipOf(transfer)} />}
      note={stateLine(transfer, zone)}
      actions={<Actions {...{ transfer, links }} />}
      lead={
        <>
          <TransferResult {...{ transfer, result, links }} />
          <Waits transfer={transfer} />
          <Handover
            kind="cases"
            course={transfer}
            side={side}
            own={{ name: own.name, note: own.stateName }}
            other={{ name: transfer.otherDistrict, note: transfer.otherState }}
            items={transfer.items}
            zone={zone}
          />
        </>
      }
      facts={[
        ["Direction", incoming ? "Incoming" : "Outgoing"],
        ["Cases", transfer.items],
        [
          "Attachments",
          transfer.attachments > 0 ? `${transfer.attachments}, ${bytesWords(transfer.totalBytes)}` : "None",
        ],
        [
          "Legal basis",
          <StatedBasis
            key="basis"
            basis={transfer.legalBasis}
            stated={transfer.stated}
            noticeHref={transfer.takesNotice ? links.dialog("notice") : null}
          />,
        ],
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
            <DateText key="expires" value={transfer.expiresAt} zone={zone} shape="moment" />,
          ],
        status === "pending" && transfer.triesLeft !== null && ["Tries left", `${transfer.triesLeft} of 5`],
      ]}
      code={code}
      contents={{ title: "What is in it", body: <TransferContents {...{ transfer, content, links }} /> }}
      timeline={
        <Timeline events={transfer.events} sentBy={transfer.sentBy} items={casesWord(transfer.items)} zone={zone} />
      }
      zone={zone}
    />
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
