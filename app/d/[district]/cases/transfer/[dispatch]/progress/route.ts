import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { getSent } from "@/lib/transfers/get-sent";
import { districtRoute } from "@/lib/web/route";

/** How many transfers of a dispatch are still being sealed: JSON `{ preparing }`, for the page that waits for it. */
export const GET = districtRoute<"dispatch">({ needs: "manageCases" }, async ({ doors, actor }, _request, params) => {
  if (!isId(params.dispatch)) throw new DomainError("not-there");
  const { transfers } = await doors.district((tx) => getSent(tx, actor, { dispatchId: params.dispatch }));
  const preparing = transfers.filter((one) => one.status === "preparing").length;
  return Response.json({ preparing }, { headers: { "cache-control": "no-store" } });
});
