import type { CasePlace } from "@/components/cases/case-view";
import { Banner } from "@/components/ui/banner";
import { dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import type { CaseTransfer } from "@/lib/cases/find-case";

const waits: Record<string, string> = {
  preparing: "It’s being packed right now.",
  pending: "They haven’t given the authorization code yet.",
  unlocked: "They have given the code, and are choosing the case’s details.",
};

/** Where a case waits, went, or was left out. */
export function TransferBanners({
  transfers,
  place,
  linked,
}: {
  transfers: readonly CaseTransfer[];
  place: CasePlace;
  linked: boolean;
}) {
  return transfers.map((transfer) => {
    const link = linked ? (
      <Link href={`${place.home}/admin/requests/case-transfers/${transfer.id}`}>
        Transfer <span className="id">{transfer.reference}</span>
      </Link>
    ) : (
      <>
        Transfer <span className="id">{transfer.reference}</span>
      </>
    );
    return transfer.open ? (
      <Banner
        key={transfer.id}
        kind="info"
        icon="clock"
        fact={`Waits in a transfer to ${transfer.district}, ${transfer.state}.`}
      >
        {waits[transfer.status]} What you add now doesn’t travel. {link}
      </Banner>
    ) : transfer.leftOut ? (
      <Banner
        key={transfer.id}
        kind="held"
        fact={`Left out by ${transfer.district}, ${transfer.state}${transfer.decidedAt ? `, on ${dateWords(transfer.decidedAt, place.zone)}` : ""}.`}
      >
        They opened it and didn’t take it over. You keep the whole case.{" "}
        {transfer.leftReason && (
          <>
            Their reason: <q dir="auto">{transfer.leftReason}</q>{" "}
          </>
        )}
        {link}
      </Banner>
    ) : (
      <Banner
        key={transfer.id}
        kind="gone"
        fact={`Transferred to ${transfer.district}, ${transfer.state}${transfer.decidedAt ? `, on ${dateWords(transfer.decidedAt, place.zone)}` : ""}.`}
      >
        Nothing was removed here: you keep the whole case. What you add now stays with you. {link}
      </Banner>
    );
  });
}
