import { z } from "zod";
import { answerRosterSearch } from "@/lib/web/roster-search";
import { districtRoute } from "@/lib/web/route";

const number = z.coerce.number().int().min(1).max(1_000);

/** Students for the type-ahead of the case details, each compared with the person in case `?n=`. By POST: names stay out of URLs. */
export const POST = districtRoute<"id">({ needs: "manageCases" }, async ({ doors }, request, { id: transferId }) => {
  const n = number.safeParse(new URL(request.url).searchParams.get("n"));
  return answerRosterSearch(doors, request, n.success ? { transferId, n: n.data } : null);
});
