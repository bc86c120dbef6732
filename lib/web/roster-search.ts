import { z } from "zod";
import type { Doors } from "@/lib/db/types";
import type { SentPerson } from "@/lib/transfers/compare-with-sent";
import { searchRoster } from "@/lib/transfers/search-roster";

const schema = z.object({ q: z.string().max(200) });

/** The students whom somebody types for, compared with the person who was sent: JSON `{ hits }`. */
export async function answerRosterSearch(doors: Doors, request: Request, sent: SentPerson | null): Promise<Response> {
  const input = schema.safeParse(await request.json().catch(() => null));
  const hits =
    sent && input.success && z.uuid().safeParse(sent.transferId).success
      ? await searchRoster(doors, sent, input.data.q)
      : [];
  return Response.json({ hits }, { headers: { "cache-control": "no-store" } });
}
