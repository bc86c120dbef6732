import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { getProgress } from "@/lib/transfers/get-progress";
import { districtRoute } from "@/lib/web/route";

/** Whether a transfer of documents is still on its way: JSON `{ preparing }`, for the page that waits for it. */
export const GET = districtRoute<"id" | "dispatch">(
  { needs: "manageDocuments" },
  async ({ doors, actor }, _request, params) => {
    if (!isId(params.dispatch)) throw new DomainError("not-there");
    const preparing = await doors.district((tx) => getProgress(tx, actor, { dispatchId: params.dispatch }));
    return Response.json({ preparing }, { headers: { "cache-control": "no-store" } });
  },
);
