import { searchHolders } from "@/lib/districts/search-holders";
import { districtRoute } from "@/lib/web/route";
import { recordRequestNeeds } from "../paths";

/** The districts that can be asked for records while somebody types: JSON `{ results }`. Nobody's students are in it. */
export const GET = districtRoute({ needs: recordRequestNeeds }, async ({ doors, actor }, request) => {
  const q = new URL(request.url).searchParams.get("q") ?? "";
  const results = await doors.district((tx) => searchHolders(tx, actor, q));
  return Response.json({ results }, { headers: { "cache-control": "no-store" } });
});
