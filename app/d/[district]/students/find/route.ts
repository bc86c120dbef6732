import { z } from "zod";
import { searchStudents } from "@/lib/students/search-students";
import { districtRoute } from "@/lib/web/route";

const schema = z.object({ q: z.string().max(200) });

/** Students for the type-ahead of moving a document. By POST: what is typed is a name, and names stay out of URLs. */
export const POST = districtRoute({ needs: "manageDocuments" }, async ({ doors, actor }, request) => {
  const input = schema.safeParse(await request.json().catch(() => null));
  const hits = input.success ? await doors.district((tx) => searchStudents(tx, actor, input.data.q)) : [];
  return Response.json({ hits }, { headers: { "cache-control": "no-store" } });
});
