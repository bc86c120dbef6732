import { z } from "zod";
import { addDocument } from "@/lib/documents/add-document";
import { documentTypes } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import { optional, optionalDay, optionalId } from "@/lib/web/forms";
import { boundaryOf, type FilePart, MultipartBroken, readParts } from "@/lib/web/multipart";
import { districtRoute } from "@/lib/web/route";
import { announcedBytes, chunksOf, drop, headerText, mostFiles, onceThrough, seeOther } from "@/lib/web/uploads";

const facts = z.object({
  title: optional(255),
  type: z.enum(documentTypes),
  ownerId: optionalId,
  datedOn: optionalDay,
});
/** What stands in a form before its files is a few words. */
const longestField = 2_000;

/**
 * Takes documents about a student: by script one file as the body itself, its name in `x-file-name` and what's said about it in
 * `x-document`, a title being nothing for a URL; without script a form, whose fields stand before its files. Streamed both ways.
 */
export const POST = districtRoute<"id">(
  { needs: "manageDocuments" },
  async ({ doors, district }, request, { id: studentId }) => {
    const boundary = boundaryOf(request.headers.get("content-type"));
    const source = chunksOf(request);

    if (boundary === null) {
      try {
        const said = facts.safeParse(parsed(headerText(request, "x-document")));
        if (!said.success) throw new DomainError("bad-value", { field: String(said.error.issues[0]?.path[0] ?? "") });
        const { documentId } = await addDocument(doors, {
          studentId,
          name: headerText(request, "x-file-name"),
          bytes: announcedBytes(request),
          source: onceThrough(source),
          ...said.data,
        });
        return Response.json({ id: documentId }, { status: 201, headers: { "cache-control": "no-store" } });
      } catch (error) {
        await drop(source);
        throw error;
      }
    }

    const page = `/d/${district.slug}/students/${studentId}`;
    const fields: Record<string, string> = {};
    let files = 0;
    let tooMany = false;
    try {
      for await (const part of readParts(source, boundary)) {
        if (part.fileName === null) fields[part.field] = await fieldOf(part);
        if (part.field !== "file" || !part.fileName) continue;
        const said = facts.safeParse(fields);
        if (!said.success) throw new DomainError("bad-value", { field: "type" });
        tooMany = files === mostFiles;
        if (tooMany) break;
        files++;
        await addDocument(doors, { studentId, name: part.fileName, bytes: null, source: part.body, ...said.data });
      }
    } catch (error) {
      await drop(source);
      if (error instanceof MultipartBroken) return seeOther(`${page}/upload?problem=truncated`);
      // The file's name is a title: it stays out of the URL.
      if (error instanceof DomainError && error.kind === "file-refused")
        return seeOther(`${page}/upload?problem=${(error.data as { reason: string }).reason}&added=${files - 1}`);
      if (error instanceof DomainError && (error.kind === "bad-value" || error.kind === "choice-gone"))
        return seeOther(`${page}/upload?problem=fields`);
      throw error;
    }
    if (tooMany) {
      await drop(source);
      return seeOther(`${page}/upload?problem=tooMany&added=${files}`);
    }
    return seeOther(files > 0 ? `${page}#docs` : `${page}/upload?problem=none`);
  },
);

async function fieldOf(part: FilePart): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of part.body) {
    length += chunk.length;
    if (length > longestField) throw new MultipartBroken();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
