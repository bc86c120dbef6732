import { Readable } from "node:stream";

/** Nothing in the file may run or load anything, whatever a browser takes it for. */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'";
/**
 * A PDF that's looked at stands without `sandbox`: it switches plugins off, which browsers have long counted their PDF
 * viewers among, and shown a blank frame. The viewer runs nothing in the page's name; besides it the document may load, send, embed and
 * be embedded by nothing foreign. A download keeps the sandbox.
 */
const viewer =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** A file's bytes as an answer: a download, or what the browser can show by itself. Audited by whoever opened the stream. */
export function fileResponse(
  file: { name: string; mediaType: string /** In bytes. */; size: number; stream: Readable },
  preview: boolean,
): Response {
  const body = Readable.toWeb(file.stream) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      "content-type": preview && file.mediaType === "text/plain" ? "text/plain; charset=utf-8" : file.mediaType,
      "content-length": String(file.size),
      "content-disposition": `${preview ? "inline" : "attachment"}; ${fileNameParameters(file.name)}`,
      "content-security-policy": preview && file.mediaType === "application/pdf" ? viewer : sandbox,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}

/** Whether a request asks for a file to look at. */
export const wantsPreview = (request: Request): boolean => new URL(request.url).searchParams.get("preview") === "1";

/** The name twice, as RFC 6266 (appendix D) advises: plain ASCII for old readers, UTF-8 by RFC 8187 for the others. */
function fileNameParameters(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const utf8 = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
