import type { ReactNode } from "react";
import { ExchangeView } from "@/components/transfers/exchange-view";
import { Handover } from "@/components/transfers/handover";
import { StatedBasis } from "@/components/transfers/stated-basis";
import { Timeline } from "@/components/transfers/timeline";
import { documentsWord, stateLine } from "@/components/transfers/transfer-words";
import { TransferredDocuments } from "@/components/transfers/transferred-documents";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { StateChip } from "@/components/ui/state-chip";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DocumentType } from "@/lib/documents/document-types";
import type { DocumentTransfer } from "@/lib/transfers/get-document-transfer";

type DocumentDialog = "link" | "return" | "report" | "recall" | "withdraw" | "release" | "purge" | "notice";
export type DocumentTransferViewProps = {
  transfer: DocumentTransfer;
  /** What the person just did; shown only where it agrees with the state. */
  result: string | null;
  own: { name: string; stateName: string };
  crumbs: readonly { label: string; href: string }[];
  links: {
    dialog: (name: DocumentDialog) => string;
    transfers: string;
    requests: string;
    student: (id: string) => string;
    document: (student: string, document: string) => string;
  };
  redoAction: FormAction;
  /** Holds **Purge**. */
  mayPurge: boolean;
  typeNames: Record<DocumentType, string>;
  zone: string;
};

/** A document transfer: where it stands, who did what when, what's in it as far as one may see. */
export function DocumentTransferView(props: DocumentTransferViewProps) {
  const { transfer, own, crumbs, links, zone } = props;
  const incoming = transfer.side === "incoming";
  const { student, request, redoOf, redoneBy } = transfer;
  return (
    <ExchangeView
      crumbs={crumbs}
      what="Transfer"
      exchange={transfer}
      chip={<StateChip state={transfer.status} />}
      note={stateLine(transfer, zone)}
      actions={<Actions {...props} />}
      lead={
        <>
          <Result {...props} />
          <Next {...props} />
          <Handover
            kind="documents"
            course={transfer}
            side={transfer.side}
            own={{ name: own.name, note: own.stateName }}
            other={{ name: transfer.otherDistrict, note: transfer.otherState }}
            items={transfer.items}
            zone={zone}
          />
        </>
      }
      facts={[
        ["Direction", incoming ? "Incoming" : "Outgoing"],
        ["Documents", transfer.items],
        ["Size", bytesWords(transfer.totalBytes)],
        student !== null && [
          "Student",
          <Link key="student" href={links.student(student.id)}>
            <bdi>
              {student.family}, {student.given}
            </bdi>
          </Link>,
        ],
        transfer.form !== null && [
          "SIS Student ID",
          <span key="sis" className="id">
            {transfer.form.sisId}
          </span>,
        ],
        transfer.form !== null && ["Owner there", transfer.form.owner],
        transfer.owner !== null && ["Owner", transfer.owner],
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
        request !== null && [
          "Answers",
          <Link key="request" className="id" href={`${links.requests}/${request.id}`}>
            {request.reference}
          </Link>,
        ],
        redoOf !== null && [
          "Redoes",
          <Link key="redo" className="id" href={`${links.transfers}/${redoOf.id}`}>
            {redoOf.reference}
          </Link>,
        ],
        redoneBy !== null && [
          "Sent again as",
          <Link key="redone" className="id" href={`${links.transfers}/${redoneBy.id}`}>
            {redoneBy.reference}
          </Link>,
        ],
      ]}
      contents={{ title: "What is in it", body: <TransferredDocuments {...props} /> }}
      timeline={
        <Timeline events={transfer.events} sentBy={transfer.sentBy} items={documentsWord(transfer.items)} zone={zone} />
      }
      zone={zone}
    />
  );
}

function Actions({ transfer, links, redoAction, mayPurge }: DocumentTransferViewProps) {
  const { side, status, quarantined } = transfer;
  const dialog = (name: DocumentDialog, label: string, variant: "go" | "stop" | undefined) => (
    <LinkButton
      key={name}
      small
      {...(variant ? { variant } : {})}
      href={links.dialog(name)}
      {...(name === "link" ? {} : { scroll: false })}
    >
      {label}
    </LinkButton>
  );
  if (side === "outgoing")
    return (
      <>
        {status === "reported" && (
          <ActionForm action={redoAction}>
            <input type="hidden" name="transfer" value={transfer.id} />
            <SubmitButton small>Redo transfer</SubmitButton>
          </ActionForm>
        )}
        {status === "reported" && dialog("withdraw", "Withdraw", "stop")}
        {(status === "held" || status === "delivered") && dialog("recall", "Recall", "stop")}
      </>
    );
  return (
    <>
      {status === "held" && dialog("link", "Link student", "go")}
      {status === "held" && dialog("return", "Return", "stop")}
      {status === "delivered" && dialog("report", "Report wrong student", "stop")}
      {quarantined > 0 && dialog("release", "Release", undefined)}
      {quarantined > 0 && mayPurge && dialog("purge", "Purge", "stop")}
    </>
  );
}

const results: Record<string, { status: DocumentTransfer["status"][]; fact: string; next: string }> = {
  delivered: {
    status: ["delivered"],
    fact: "The documents are delivered.",
    next: "They lie on the student’s page now, and the new owner is told by email.",
  },
  returned: {
    status: ["returned"],
    fact: "The transfer is returned.",
    next: "The other district is told, with your reason. The package is destroyed here.",
  },
  reported: {
    status: ["reported"],
    fact: "The documents are in quarantine.",
    next: "Nobody in your district sees them any more. The other district is told, and can send them again to the right student.",
  },
  recalled: {
    status: ["recalled"],
    fact: "The transfer is recalled.",
    next: "What was delivered is in quarantine there at once. Your documents are as they were.",
  },
  withdrawn: {
    status: ["withdrawn"],
    fact: "The transfer is withdrawn.",
    next: "It isn’t sent again. What was delivered stays in quarantine there until they purge it.",
  },
  released: {
    status: ["reported", "recalled", "redone", "withdrawn"],
    fact: "The documents are released.",
    next: "They’re seen again on the student’s page. Both districts read your reason.",
  },
  purged: {
    status: ["reported", "recalled", "redone", "withdrawn"],
    fact: "The documents are purged.",
    next: "Rows, keys and files are gone for good. The purge certificate stays on the student’s page.",
  },
};

function Result({ transfer, result }: DocumentTransferViewProps) {
  const told = result ? results[result] : undefined;
  if (!told?.status.includes(transfer.status)) return null;
  return (
    <Banner kind="done" fact={told.fact} live>
      {told.next}
    </Banner>
  );
}

/** What there is to do now, for whoever reads this. */
function Next({ transfer }: DocumentTransferViewProps): ReactNode {
  const { side, status, otherDistrict, waitsFor, quarantined, reason } = transfer;
  if (side === "incoming" && status === "held")
    return waitsFor === "us" ? (
      <Banner kind="held" fact="It waits: your district has disabled District-to-District Transfer.">
        Nothing is delivered until a district admin enables it under Admin ▸ Settings. Returning it is possible.
      </Banner>
    ) : (
      <Banner kind="held" fact="Baton couldn’t deliver this by itself.">
        Link it to the student it is about. If that student isn’t on your roster yet, leave it: it delivers itself once
        the roster brings them.
      </Banner>
    );
  if (side === "outgoing" && status === "reported")
    return (
      <Banner kind="held" fact={`${otherDistrict} reports that this is another student’s.`}>
        {reason && `“${reason}” `}The documents are in quarantine there. Redo the transfer with the right SIS Student
        ID, or withdraw it.
      </Banner>
    );
  if (side === "incoming" && quarantined > 0)
    return (
      <Banner
        kind="held"
        fact={`${documentsWord(quarantined)} in quarantine: nobody sees ${quarantined === 1 ? "it" : "them"}.`}
      >
        {status === "recalled" &&
          `${otherDistrict} has recalled ${quarantined === 1 ? "it" : "them"}${reason ? `: “${reason}”` : "."} `}
        They stay so until somebody with the Purge permission purges them, or they’re released with a reason.
      </Banner>
    );
  return null;
}
