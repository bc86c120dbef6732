import { z } from "zod";
import { searchRoster } from "@/lib/transfers/search-roster";
import { districtRoute } from "@/lib/web/route";

const schema = z.object({ n: z.number().int().min(1).max(1_000), q: z.string().max(200) });

/** Students for the type-ahead of the case details, each compared with the person in the case. By POST: names stay out of URLs. */
export const POST = districtRoute<"id">({ needs: "manageCases" }, async ({ doors }, request, { id: transferId }) => {
  const input = schema.safeParse(await request.json().catch(() => null));
  const hits =
    input.success && z.uuid().safeParse(transferId).success
      ? await searchRoster(doors, { transferId, ...input.data })
      : [];
  return Response.json({ hits }, { headers: { "cache-control": "no-store" } });
});
