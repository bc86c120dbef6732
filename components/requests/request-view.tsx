import type { ReactNode } from "react";
import { requestChips, requestLine } from "@/components/requests/request-words";
import { CoordinatorCard } from "@/components/transfers/code-sheet";
import { MailsList } from "@/components/transfers/mails-list";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
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
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title={
          <>
            Record request <span className="id">{request.reference}</span>
          </>
        }
        chip={<StateChip {...requestChips[status]} />}
        note={requestLine(request, zone)}
      >
        {status === "open" && (
          <LinkButton variant="stop" small href={links.dialog(incoming ? "decline" : "withdraw")} scroll={false}>
            {incoming ? "Decline" : "Withdraw"}
          </LinkButton>
        )}
      </PageHead>
      <Result {...{ request, result }} />
      <Facts
        facts={[
          [incoming ? "Asked by" : "Asked of", `${request.otherDistrict}, ${request.otherState}`],
          ["Asks for", request.what],
          ["Asked", <DateText key="asked" value={request.requestedAt} zone={zone} shape="minute" />],
          ["Legal basis", basisNames[request.legalBasis]],
        ]}
      />
      <div className="case-cols">
        <div>
          <section className="travel" aria-labelledby="asked">
            <SectionHead id="asked" title="The student" />
            {content ? (
              <Student content={content} incoming={incoming} />
            ) : (
              <p>Withdrawn: whom it was about is no longer shown.</p>
            )}
          </section>
          {answer}
          <section className="sec-2" aria-labelledby="timeline">
            <SectionHead id="timeline" title="Timeline" />
            <Timeline {...{ request, links, zone }} />
          </section>
        </div>
        <div className="case-side">
          <CoordinatorCard contact={request.contact} />
          {request.mails.length > 0 && (
            <section aria-labelledby="mails">
              <h2 id="mails" className="h-s">
                Emails to your people
              </h2>
              <MailsList mails={request.mails} zone={zone} />
            </section>
          )}
        </div>
      </div>
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

function Timeline({ request, links, zone }: Pick<RequestViewProps, "request" | "links" | "zone">) {
  const { side, status } = request;
  const incoming = side === "incoming";
  const steps: { key: string; at: Date; who: string; what: ReactNode }[] = [
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
  return (
    <ol className="log">
      {steps.map((step) => (
        <li key={step.key}>
          <p className="log-when">
            <DateText value={step.at} zone={zone} shape="minute" />
          </p>
          <p className="log-what">
            <b>{step.who}</b> {step.what}
          </p>
        </li>
      ))}
    </ol>
  );
}
