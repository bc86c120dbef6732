import { z } from "zod";
import { searchDirectory } from "@/lib/districts/search-directory";
import { districtRoute } from "@/lib/web/route";

const schema = z.object({ q: z.string().default(""), what: z.enum(["cases", "documents", "request"]).catch("cases") });

/** The directory of districts while somebody types: JSON `{ results }`. Names of districts are public; nobody's students are in it. */
export const GET = districtRoute({ needs: ["manageCases", "manageDocuments"] }, async ({ doors, actor }, request) => {
  const { q, what } = schema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const results = await doors.district((tx) => searchDirectory(tx, actor, { words: q, what }));
  return Response.json({ results }, { headers: { "cache-control": "no-store" } });
});
