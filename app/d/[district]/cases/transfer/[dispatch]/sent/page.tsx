import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SentView } from "@/components/transfers/sent-view";
import { caseQuery, parseCaseQuery } from "@/lib/cases/case-filter";
import { getDistrict } from "@/lib/districts/get-district";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { revealCode } from "@/lib/transfers/codes";
import { getSent } from "@/lib/transfers/get-sent";
import { districtPage } from "@/lib/web/page";

export const metadata: Metadata = { title: "Authorization code" };

/** An address may name anything: a district that isn't there is passed over, and the codes are shown. */
function nobody(error: unknown): [] {
  if (error instanceof DomainError && error.kind === "not-there") return [];
  throw error;
}

/** The codes of a dispatch that was just sent. Each showing of a code is written down. */
export default districtPage<"dispatch">(
  { needs: "manageCases", tab: "cases" },
  async ({ actor, doors, district, params, search }) => {
    if (!isId(params.dispatch)) notFound();
    const ignored = [...new Set((search.without ?? "").split("_").filter(isId))].slice(0, 20);
    const { sent, without } = await doors.district(async (tx) => ({
      sent: await getSent(tx, actor, { dispatchId: params.dispatch }),
      without: (
        await Promise.all(ignored.map((districtId) => getDistrict(tx, actor, districtId).catch(nobody)))
      ).flat(),
    }));
    const home = `/d/${district.slug}`;
    const today = new Date();
    const slips = await Promise.all(
      sent.transfers.map(async (transfer) => ({
        transfer,
        code:
          transfer.status === "pending" ? ((await revealCode(doors, { transferId: transfer.id }))?.code ?? null) : null,
        facts: {
          transferId: transfer.id,
          reference: transfer.reference,
          cases: transfer.cases,
          from: sent.from,
          to: transfer.to,
          contact: transfer.contact,
          signer: { name: actor.name, phone: sent.from.phone },
          zone: district.timeZone,
          today,
        },
      })),
    );
    return (
      <SentView
        slips={slips}
        without={without
          .filter((one) => !sent.transfers.some((transfer) => transfer.to.id === one.id))
          .map((one) => one.name)}
        own={{ name: sent.from.name, note: sent.from.stateName }}
        transfersHref={`${home}/admin/requests/case-transfers`}
        casesHref={`${home}/cases${caseQuery(parseCaseQuery(sent.listQuery))}`}
        progressUrl={`${home}/cases/transfer/${sent.dispatchId}/progress`}
        zone={district.timeZone}
      />
    );
  },
);
