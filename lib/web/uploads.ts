/** What route handlers need that take files: by script one file as the body itself, without script a form. */

/** What a form without script may bring at once. */
export const mostFiles = 20;
/** After a refusal the rest of a body is read and dropped, or the browser shows a broken connection instead of the answer. */
const mostDropped = 300 * 1000 * 1000;

export type Chunks = AsyncIterator<Uint8Array>;

/** A request's body, chunk by chunk; stays open when it's left early. */
export function chunksOf(request: Request): Chunks {
  const body = request.body?.getReader() ?? null;
  return {
    next: async () => (body ? ((await body.read()) as IteratorResult<Uint8Array>) : { done: true, value: undefined }),
  };
}

/** Goes through the source, and leaves it open when it's left early, so that the rest can still be dropped. */
export async function* onceThrough(source: Chunks): AsyncGenerator<Uint8Array> {
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

/** Reads what's left of a body, and drops it; at most `most` bytes. */
export async function drop(source: Chunks, most = mostDropped): Promise<void> {
  try {
    let dropped = 0;
    for (let next = await source.next(); !next.done && dropped < most; next = await source.next())
      dropped += next.value.length;
  } catch {
    // The browser went away: there's nobody left to answer.
  }
}

/** The length that the request announces, in bytes; null where it doesn't. */
export function announcedBytes(request: Request): number | null {
  const length = request.headers.get("content-length");
  const bytes = Number(length ?? Number.NaN);
  return Number.isFinite(bytes) ? bytes : null;
}

/** A header that carries text of any script, as `encodeURIComponent` writes it. */
export function headerText(request: Request, name: string): string {
  const text = request.headers.get(name) ?? "";
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Goes on to a page, by GET. */
export const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
