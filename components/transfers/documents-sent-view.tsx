import { CoordinatorCard } from "@/components/transfers/code-sheet";
import { Handover } from "@/components/transfers/handover";
import { documentsWord } from "@/components/transfers/transfer-words";
import { WatchSealing } from "@/components/transfers/watch-sealing";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { DocumentTransfer } from "@/lib/transfers/get-document-transfer";

type Given = {
  transfer: DocumentTransfer;
  own: { name: string; note: string };
  links: { transfer: string; student: string; students: string; page: string; progress: string };
  zone: string;
};

/** What comes after **Transfer Document**: delivered, or held; never why. */
export function DocumentsSentView({ transfer, own, links, zone }: Given) {
  const { status, otherDistrict, student } = transfer;
  return (
    <div className="mx-auto max-w-[848px]">
      <Crumbs
        path={[
          { label: "Students", href: links.students },
          { label: student ? `${student.family}, ${student.given}` : "Student", href: links.student },
        ]}
      />
      <PageHead title={`Transfer to ${otherDistrict}`} chip={<StateChip state={status} />} />
      <Told transfer={transfer} links={links} />
      <Handover
        kind="documents"
        course={transfer}
        side="outgoing"
        own={own}
        other={{ name: otherDistrict, note: transfer.otherState }}
        items={transfer.items}
        zone={zone}
      />
      <div className="mb-4">
        <CoordinatorCard contact={transfer.contact} />
      </div>
      <div className="btns">
        <LinkButton href={links.transfer}>See the transfer</LinkButton>
        <LinkButton variant="quiet" href={links.student}>
          Back to the student
        </LinkButton>
      </div>
    </div>
  );
}

function Told({ transfer, links }: Pick<Given, "transfer" | "links">) {
  const { status, items, otherDistrict } = transfer;
  const many = items !== 1;
  const reference = (
    <Link className="id" href={links.transfer}>
      {transfer.reference}
    </Link>
  );
  switch (status) {
    case "preparing":
      return (
        <>
          <WatchSealing url={links.progress} preparing={1} />
          <Banner fact={`${documentsWord(items)} ${many ? "are" : "is"} on the way to ${otherDistrict}.`} live>
            Transfer {reference}. This page says soon whether {many ? "they were" : "it was"} delivered.{" "}
            <span className="no-script-only">
              <Link href={links.page}>Look again</Link>
            </span>
          </Banner>
        </>
      );
    case "delivered":
      return (
        <Banner kind="done" fact={`Delivered: ${documentsWord(items)} to ${otherDistrict}.`} live>
          Transfer {reference}. Both districts have copies now; the new owner and the transfer coordinator there are
          told by email.
        </Banner>
      );
    case "held":
      return (
        <Banner kind="held" fact={`Held at ${otherDistrict}.`} live>
          Transfer {reference}. Their people look at it, and deliver it or return it with a reason; you get an email.
          Nothing else to do now. You can call their coordinator, or recall it in its details.
        </Banner>
      );
    case "failed":
      return (
        <Banner kind="bad" fact={`Nothing was sent to ${otherDistrict}.`} live>
          {transfer.reason} Transfer {reference}. Your documents are as they were: mend it, then send them again.
        </Banner>
      );
    default:
      return <Banner fact="This transfer has moved on.">Transfer {reference}: its details say what happened.</Banner>;
  }
}
