import { addAttachment } from "@/lib/cases/add-attachment";
import { DomainError } from "@/lib/errors";
import { isId } from "@/lib/is-id";
import { boundaryOf, MultipartBroken, readParts } from "@/lib/web/multipart";
import { districtRoute } from "@/lib/web/route";
import { announcedBytes, chunksOf, drop, headerText, mostFiles, onceThrough, seeOther } from "@/lib/web/uploads";

/**
 * Takes files for a case: by script one file as the body itself, its name in `x-file-name`; without script a form. Streamed both ways,
 * and not by a server action, whose body ends at 1 MB.
 */
export const POST = districtRoute<"id">({ needs: "member" }, async ({ doors, district }, request, { id: caseId }) => {
  if (!isId(caseId)) throw new DomainError("not-there");
  const boundary = boundaryOf(request.headers.get("content-type"));
  const source = chunksOf(request);

  if (boundary === null) {
    const added = addAttachment(doors, {
      caseId,
      name: headerText(request, "x-file-name"),
      bytes: announcedBytes(request),
      source: onceThrough(source),
    });
    await added.catch(async (error: unknown) => {
      await drop(source);
      throw error;
    });
    return Response.json({ id: (await added).attachmentId }, { status: 201, headers: { "cache-control": "no-store" } });
  }

  const page = `/d/${district.slug}/cases/${caseId}`;
  let files = 0;
  let tooMany = false;
  try {
    for await (const part of readParts(source, boundary)) {
      if (part.field !== "file" || !part.fileName) continue;
      tooMany = files === mostFiles;
      if (tooMany) break;
      files++;
      await addAttachment(doors, { caseId, name: part.fileName, bytes: null, source: part.body });
    }
  } catch (error) {
    await drop(source);
    if (error instanceof MultipartBroken) return seeOther(`${page}/attach?problem=truncated`);
    // The file's name is a title: it stays out of the URL.
    if (error instanceof DomainError && error.kind === "file-refused")
      return seeOther(`${page}/attach?problem=${error.data?.reason}&added=${files - 1}`);
    throw error;
  }
  if (tooMany) {
    await drop(source);
    return seeOther(`${page}/attach?problem=tooMany&added=${files}`);
  }
  return seeOther(files > 0 ? `${page}#attachments` : `${page}/attach?problem=none`);
});
