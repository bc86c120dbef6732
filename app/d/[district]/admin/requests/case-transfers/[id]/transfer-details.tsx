import { notFound } from "next/navigation";
import { CodePanel } from "@/components/transfers/code-panel";
import type { CodeFacts } from "@/components/transfers/code-sheet";
import { TransferView } from "@/components/transfers/transfer-view";
import { type DistrictView, getDistrict } from "@/lib/districts/get-district";
import { getSettings } from "@/lib/districts/get-settings";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { getPackage } from "@/lib/transfers/get-package";
import { getTransfer, type TransferDetails } from "@/lib/transfers/get-transfer";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { showCodeAction } from "../actions";
import { requestsPath } from "../paths";

export type Found = { transfer: TransferDetails; own: DistrictView; phone: string | null };

/** A transfer with what its pages need of the own district. Not there: not found. */
export async function findTransfer({ actor, doors }: Place, transferId: string): Promise<Found> {
  if (!isId(transferId)) notFound();
  return doors.district(async (tx) => ({
    transfer: await getTransfer(tx, actor, { transferId }),
    own: await getDistrict(tx, actor),
    phone: (await getSettings(tx, actor)).coordinator.phone,
  }));
}

/** What stands on the slip and in the letter of an outgoing transfer. */
export function codeFacts({ actor, district }: Place, { transfer, own, phone }: Found): CodeFacts {
  return {
    transferId: transfer.id,
    reference: transfer.reference,
    cases: transfer.items,
    from: { name: own.name, city: own.city, stateName: own.stateName },
    to: { name: transfer.otherDistrict, city: transfer.otherCity, stateName: transfer.otherState },
    contact: transfer.contact,
    signer: { name: actor.name, phone },
    zone: district.timeZone,
    today: new Date(),
  };
}

/** The details page, and what its dialogs stand over when they're opened from there. */
export async function TransferPage({
  place,
  found,
  result = null,
}: {
  place: Place;
  found: Found;
  result?: string | null;
}) {
  const { district, doors } = place;
  const { transfer, own } = found;
  const { id } = transfer;
  const content =
    transfer.side === "incoming" && transfer.status === "unlocked"
      ? await ifStill(() => getPackage(doors, { transferId: id }))
      : null;
  return (
    <TransferView
      transfer={transfer}
      content={content}
      result={result}
      own={{ name: own.name, stateName: own.stateName }}
      crumbs={[
        ...adminCrumbs(district.slug, "requests"),
        { label: "Case Transfer Requests", href: requestsPath(district.slug) },
      ]}
      links={{
        dialog: (name) => requestsPath(district.slug, id, name) + (name === "details" ? "" : "?from=transfer"),
        cases: `/d/${district.slug}/cases`,
      }}
      code={
        transfer.side === "outgoing" && transfer.status === "pending" ? (
          <CodePanel
            action={showCodeAction.bind(null, district.slug)}
            facts={codeFacts(place, found)}
            newCodeHref={`${requestsPath(district.slug, id, "new-code")}?from=transfer`}
            locked={transfer.locked}
          />
        ) : null
      }
      zone={district.timeZone}
    />
  );
}

/** Null where the transfer was decided between two reads. */
async function ifStill<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DomainError && error.kind !== "forbidden") return null;
    throw error;
  }
}
