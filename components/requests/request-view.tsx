import type { ReactNode } from "react";
import { DueText } from "@/components/requests/due-text";
import { daysWords, requestChips, requestLine } from "@/components/requests/request-words";
import { ExchangeView } from "@/components/transfers/exchange-view";
import { type Step, Steps } from "@/components/transfers/timeline";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { DateText, dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { Facts } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { RequestDetails } from "@/lib/requests/get-request";

export type RequestViewProps = {
  request: RequestDetails;
  /** What the person just did; shown only where it agrees with the state. */
  result: string | null;
  crumbs: readonly { label: string; href: string }[];
  links: { dialog: (name: "decline" | "withdraw") => string; transfer: (kind: string, id: string) => string };
  /** What answers an open incoming one. */
  answer: ReactNode;
  zone: string;
};

const basisNames: Record<RequestDetails["legalBasis"], string> = {
  enrollment: "Enrollment in the asking district (34 CFR 99.31(a)(2))",
  consent: "Written consent (34 CFR 99.30)",
  emergency: "Health or safety emergency (34 CFR 99.36)",
};

/** A record request: what it asks for, where it stands, who did what when. */
export function RequestView({ request, result, crumbs, links, answer, zone }: RequestViewProps) {
  const { side, status, content } = request;
  const incoming = side === "incoming";
  return (
    <ExchangeView
      crumbs={crumbs}
      what="Record request"
      exchange={request}
      chip={<StateChip {...requestChips[status]} />}
      note={requestLine(request, zone)}
      actions={
        status === "open" && (
          <LinkButton variant="stop" small href={links.dialog(incoming ? "decline" : "withdraw")} scroll={false}>
            {incoming ? "Decline" : "Withdraw"}
          </LinkButton>
        )
      }
      lead={<Result {...{ request, result }} />}
      facts={[
        [incoming ? "Asked by" : "Asked of", `${request.otherDistrict}, ${request.otherState}`],
        ["Asks for", request.what],
        ["Asked", <DateText key="asked" value={request.requestedAt} zone={zone} shape="minute" />],
        (request.due !== null || status === "open") && ["Due", <DueFact key="due" request={request} />],
        ["Legal basis", basisNames[request.legalBasis]],
      ]}
      contents={{
        title: "The student",
        body: content ? (
          <Student content={content} incoming={incoming} />
        ) : (
          <p>Withdrawn: whom it was about is no longer shown.</p>
        ),
      }}
      answer={answer}
      timeline={<Steps steps={stepsOf({ request, links })} zone={zone} />}
      zone={zone}
    />
  );
}

function DueFact({ request: { due, side } }: Pick<RequestViewProps, "request">) {
  const incoming = side === "incoming";
  if (!due)
    return (
      <>
        No deadline
        <span className="small dim block font-normal">
          {incoming
            ? "Baton knows of no number of days in your state’s law. A district admin can set one under Admin ▸ Settings ▸ School calendar."
            : "Baton knows of no number of days in their state’s law, and they have set none."}
        </span>
      </>
    );
  const basis = due.own ? `${incoming ? "your" : "their"} district’s own number` : (due.law ?? "their state’s law");
  return (
    <>
      <DueText due={due} />
      {due.left === null ? "Was due " : ", "}
      <DateText value={due.on} zone="UTC" />
      <span className="small dim block font-normal">
        {daysWords(due.days, due.kind)} from its arrival: {basis}
      </span>
    </>
  );
}

function Result({ request, result }: Pick<RequestViewProps, "request" | "result">) {
  const { status, otherDistrict } = request;
  if (result === "asked" && status === "open")
    return (
      <Banner kind="done" fact="The request is on its way." live>
        {otherDistrict} is told by email, without names. You’re told when they answer.
      </Banner>
    );
  if (result === "declined" && status === "declined")
    return (
      <Banner kind="done" fact="The request is declined." live>
        {otherDistrict} is told, and reads your reason.
      </Banner>
    );
  if (result === "withdrawn" && status === "withdrawn")
    return (
      <Banner kind="done" fact="The request is withdrawn." live>
        {otherDistrict} is told, and no longer sees whom it was about.
      </Banner>
    );
  return null;
}

function Student({ content, incoming }: { content: NonNullable<RequestDetails["content"]>; incoming: boolean }) {
  const there = incoming ? "there" : "here";
  return (
    <>
      <Facts
        facts={[
          [
            "Name",
            <bdi key="name">
              {content.family}, {content.given}
            </bdi>,
          ],
          ["Birth date", dateWords(content.birthDate, "UTC")],
          content.grade !== null && ["Grade", content.grade],
          content.sisId !== null && [
            `SIS Student ID ${there}`,
            <span key="sis" className="id">
              {content.sisId}
            </span>,
          ],
          content.owner !== null && [`New owner ${there}`, content.owner],
        ]}
      />
      {content.message && (
        <>
          <h3 className="h-sub">Message</h3>
          <p className="whitespace-pre-line" dir="auto">
            {content.message}
          </p>
        </>
      )}
    </>
  );
}

function stepsOf({ request, links }: Pick<RequestViewProps, "request" | "links">): Step[] {
  const { side, status } = request;
  const incoming = side === "incoming";
  const steps: Step[] = [
    {
      key: "asked",
      at: request.requestedAt,
      who: incoming ? "Their staff" : (request.requestedBy ?? "Your district"),
      what: `asked for ${request.kind === "cases" ? "cases" : request.what}`,
    },
  ];
  if (request.decidedAt && status !== "open" && status !== "answered") {
    const own = (status === "withdrawn") !== incoming;
    steps.push({
      key: status,
      at: request.decidedAt,
      who: own ? (request.decidedBy ?? "Your district") : "Their staff",
      what: status === "withdrawn" ? "withdrew it" : `declined it${request.reason ? `: “${request.reason}”` : ""}`,
    });
  }
  for (const one of request.transfers)
    steps.push({
      key: one.id,
      at: one.createdAt,
      who: incoming ? (request.decidedBy ?? "Your district") : "Their staff",
      what: (
        <>
          answered it with transfer{" "}
          <Link className="id" href={links.transfer(one.kind, one.id)}>
            {one.reference}
          </Link>
        </>
      ),
    });
  if (status === "answered" && request.transfers.length === 0 && request.decidedAt)
    steps.push({
      key: "answered",
      at: request.decidedAt,
      who: incoming ? (request.decidedBy ?? "Your district") : "Their staff",
      what: "answered it with a transfer that is still being prepared",
    });
  return steps;
}
