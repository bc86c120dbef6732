import { addAttachment } from "@/lib/cases/add-attachment";
import { isId } from "@/lib/cases/case-access";
import { DomainError } from "@/lib/errors";
import { boundaryOf, MultipartBroken, readParts } from "@/lib/web/multipart";
import { districtRoute } from "@/lib/web/route";

/** What a form without script may bring at once. */
const mostFiles = 20;
/** After a refusal the rest of a body is read and dropped, or the browser shows a broken connection instead of the answer. */
const mostDropped = 300 * 1000 * 1000;

/**
 * Takes files for a case: by script one file as the body itself, its name in `x-file-name`; without script a form. Streamed both ways,
 * and not by a server action, whose body ends at 1 MB.
 */
export const POST = districtRoute<"id">({ needs: "member" }, async ({ doors, district }, request, { id: caseId }) => {
  if (!isId(caseId)) throw new DomainError("not-there");
  const boundary = boundaryOf(request.headers.get("content-type"));
  const body = request.body?.getReader() ?? null;
  const source = chunksOf(body);

  if (boundary === null) {
    const bytes = Number(request.headers.get("content-length") ?? Number.NaN);
    const added = addAttachment(doors, {
      caseId,
      name: decoded(request.headers.get("x-file-name") ?? ""),
      bytes: Number.isFinite(bytes) ? bytes : null,
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

type Chunks = AsyncIterator<Uint8Array>;

function chunksOf(body: ReadableStreamDefaultReader<Uint8Array> | null): Chunks {
  return {
    next: async () => (body ? ((await body.read()) as IteratorResult<Uint8Array>) : { done: true, value: undefined }),
  };
}

/** Leaves the source open when it's left early, so that the rest can still be dropped. */
async function* onceThrough(source: Chunks): AsyncGenerator<Uint8Array> {
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

async function drop(source: Chunks): Promise<void> {
  try {
    let dropped = 0;
    for (let next = await source.next(); !next.done && dropped < mostDropped; next = await source.next())
      dropped += next.value.length;
  } catch {
    // The browser went away: there's nobody left to answer.
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const seeOther = (location: string) =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
