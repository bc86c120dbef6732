import { RequestsSection, type RequestsSectionProps } from "@/components/requests/requests-section";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";

/** **Record Requests**: what other districts ask for, and what the own one asks of others. */
export function RecordRequestsView({
  crumbs,
  newHref,
  incoming,
  outgoing,
}: {
  crumbs: readonly { label: string; href: string }[];
  newHref: string;
  incoming: RequestsSectionProps;
  outgoing: RequestsSectionProps;
}) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Record Requests">
        <LinkButton variant="go" icon="plus" href={newHref}>
          Request records
        </LinkButton>
      </PageHead>
      <RequestsSection {...incoming} />
      <RequestsSection {...outgoing} />
    </>
  );
}
