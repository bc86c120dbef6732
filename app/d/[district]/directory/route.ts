import { searchDirectory } from "@/lib/districts/search-directory";
import { districtRoute } from "@/lib/web/route";

/** The directory of districts while somebody types: JSON `{ results }`. Names of districts are public; nobody's students are in it. */
export const GET = districtRoute({ needs: ["manageCases", "manageDocuments"] }, async ({ doors, actor }, request) => {
  const q = new URL(request.url).searchParams.get("q") ?? "";
  const results = await doors.district((tx) => searchDirectory(tx, actor, q));
  return Response.json({ results }, { headers: { "cache-control": "no-store" } });
});
