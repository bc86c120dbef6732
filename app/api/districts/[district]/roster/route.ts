import { DomainError } from "@/lib/errors";
import { startImport } from "@/lib/roster/start-import";
import { boundaryOf, MultipartBroken, readParts } from "@/lib/web/multipart";
import { districtRoute } from "@/lib/web/route";
import { chunksOf, drop, seeOther } from "@/lib/web/uploads";

/** Somebody who uploads the wrong file, of 2 GB, is to read that it's too large, and not that the connection broke. */
const mostDropped = 3 * 1000 * 1000 * 1000;

/** Takes a roster's bundle from the form on **Admin ▸ Roster**: streamed into the storage, then checked by the worker. */
export const POST = districtRoute({ needs: "manageDistrict" }, async ({ doors, district }, request) => {
  const page = `/d/${district.slug}/admin/roster`;
  const boundary = boundaryOf(request.headers.get("content-type"));
  if (boundary === null) return seeOther(`${page}?problem=none`);
  const source = chunksOf(request);
  let importId: string | null = null;
  try {
    for await (const part of readParts(source, boundary)) {
      if (part.field !== "file" || !part.fileName || importId) continue;
      ({ importId } = await startImport(doors, { name: part.fileName, bytes: null, source: part.body }));
    }
  } catch (error) {
    await drop(source, mostDropped);
    // The file had arrived; what's missing is the end of the form.
    if (error instanceof MultipartBroken && !importId) return seeOther(`${page}?problem=truncated`);
    if (error instanceof DomainError && error.kind === "roster-refused")
      return seeOther(`${page}?problem=${(error as DomainError<"roster-refused">).data.reason}`);
    if (error instanceof DomainError && error.kind === "roster-busy") return seeOther(`${page}?problem=busy`);
    if (!(error instanceof MultipartBroken)) throw error;
  }
  return seeOther(importId ? `${page}/${importId}` : `${page}?problem=none`);
});
