import { LinkForm } from "@/components/transfers/link-form";
import { documentsWord } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { dateWords } from "@/components/ui/date";
import type { FormAction } from "@/components/ui/form";
import { Facts, PageHead } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { Held } from "@/lib/transfers/get-held";

export type HeldViewProps = {
  held: Held;
  transfer: { otherDistrict: string; items: number; waitsFor: "us" | "them" | null };
  action: FormAction;
  draft: string;
  crumbs: readonly { label: string; href: string }[];
  links: { transfer: string; students: string; return: string };
};

/** **Link student** of a held transfer: whom it is about as they sent it, beside the own roster; who owns it then. */
export function HeldView({ held, transfer, action, draft, crumbs, links }: HeldViewProps) {
  const { person, matches } = held;
  const count = documentsWord(transfer.items);
  return (
    <>
      <Crumbs path={[...crumbs, { label: `Transfer ${held.reference}`, href: links.transfer }]} />
      <PageHead
        title={
          <>
            Link the student of <span className="id">{held.reference}</span>
          </>
        }
        chip={<StateChip state="held" />}
      >
        <LinkButton small variant="stop" href={links.return} scroll={false}>
          Return
        </LinkButton>
      </PageHead>
      <Banner fact={`${transfer.otherDistrict} sent ${count}, and what is below says about whom.`}>
        That you look at it is written in their disclosure record (34 CFR 99.32).
      </Banner>
      {transfer.waitsFor === "us" && (
        <Banner kind="held" fact="Your district has disabled District-to-District Transfer.">
          Nothing can be delivered until a district admin enables it under Admin ▸ Settings.
        </Banner>
      )}
      <Facts
        facts={[
          [
            "As they sent it",
            <bdi key="name">
              {[person.family, [person.given, person.middle].filter(Boolean).join(" ")].join(", ")}
              {person.preferred && ` (${person.preferred})`}
            </bdi>,
          ],
          ["Birth date", person.birthDate ? dateWords(person.birthDate, "UTC") : "Not given"],
          [
            "State ID",
            person.stateId ? (
              <span key="state" className="id">
                {person.stateId}
              </span>
            ) : (
              "Not given"
            ),
          ],
          ["Grade", person.grade ?? "Not given"],
          [
            "SIS Student ID, as typed",
            <span key="sis" className="id">
              {held.sisId}
            </span>,
          ],
          ["Owner, as typed", held.owner],
          ["Sent by", held.sentBy],
        ]}
      />
      {held.notes && (
        <details className="copy mb-4" open={held.notes.length < 600}>
          <summary>
            <b>Notes from {transfer.otherDistrict}</b>
          </summary>
          <p className="whitespace-pre-line" dir="auto">
            {held.notes}
          </p>
        </details>
      )}
      {matches.length === 0 && (
        <Banner kind="held" fact="No such student is on your roster.">
          If they enroll with you, leave this: it delivers itself once the roster brings them, or when they’re added by
          hand. If they don’t, return it with a reason.
        </Banner>
      )}
      <LinkForm {...{ held, action, draft }} other={transfer.otherDistrict} links={links} />
    </>
  );
}
