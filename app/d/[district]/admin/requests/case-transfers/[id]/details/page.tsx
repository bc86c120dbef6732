import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { IntakeView } from "@/components/transfers/intake-view";
import { DomainError } from "@/lib/errors";
import { getIntake } from "@/lib/transfers/get-intake";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";
import { requestsPath } from "../../paths";
import { findTransfer } from "../transfer-details";
import { decideAction, decideRestAction } from "./actions";

export const metadata: Metadata = { title: "Case details" };

/** Case details of an unlocked transfer, one case at a time; everybody with Manage Cases can go on here. */
export default districtPage<"id">(
  { needs: "manageCases", tab: "admin", whole: true },
  async ({ params, search, ...place }) => {
    const { actor, doors, district } = place;
    const { transfer, own } = await findTransfer(place, params.id);
    const { slug } = district;
    if (transfer.side !== "incoming") notFound();
    if (transfer.status === "pending") redirect(requestsPath(slug, transfer.id, "accept"));
    if (transfer.status !== "unlocked") redirect(requestsPath(slug, transfer.id));
    const intake = await getIntake(doors, { transferId: transfer.id }).catch((error: unknown) => {
      // Decided between the two reads.
      if (error instanceof DomainError && (error.kind === "transfer-decided" || error.kind === "code-first"))
        redirect(requestsPath(slug, transfer.id));
      throw error;
    });
    const number = (text: string | undefined) => (text && /^\d{1,4}$/.test(text) ? Number(text) : null);
    return (
      <IntakeView
        transfer={transfer}
        intake={intake}
        current={number(search.n)}
        carried={{ teamId: search.team ?? null, managerId: search.manager ?? null }}
        told={{
          missing: search.missing === "1",
          // Who clicked twice needn't be told of a colleague.
          already: search.already === "1" && transfer.ownActor !== actor.name ? transfer.ownActor : null,
          linked: number(search.agreeing),
          taken: number(search.unmatched),
        }}
        you={actor.name}
        membershipId={actor.membershipId}
        own={{ name: own.name, stateName: own.stateName }}
        crumbs={[...adminCrumbs(slug, "requests"), { label: "Case Transfer Requests", href: requestsPath(slug) }]}
        links={{
          page: requestsPath(slug, transfer.id, "details"),
          transfer: requestsPath(slug, transfer.id),
          reject: `${requestsPath(slug, transfer.id, "reject")}?from=transfer`,
          cases: `/d/${slug}/cases`,
        }}
        decideAction={decideAction.bind(null, slug)}
        decideRestAction={decideRestAction.bind(null, slug)}
        zone={district.timeZone}
      />
    );
  },
);
