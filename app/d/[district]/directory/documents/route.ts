import { searchDirectory } from "@/lib/districts/search-directory";
import { districtRoute } from "@/lib/web/route";

/** The directory for who transfers documents, while somebody types: JSON `{ results }`. */
export const GET = districtRoute({ needs: "manageDocuments" }, async ({ doors, actor }, request) => {
  const q = new URL(request.url).searchParams.get("q") ?? "";
  const results = await doors.district((tx) => searchDirectory(tx, actor, q, 20, "documents"));
  return Response.json({ results }, { headers: { "cache-control": "no-store" } });
});
