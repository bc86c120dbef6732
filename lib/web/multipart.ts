/**
 * Files out of a multipart/form-data body (RFC 7578), streamed: browsers send forms so where no script runs, and `request.formData()`
 * would hold everything in memory.
 */

/** A body that isn't multipart, or ends before it's complete. */
export class MultipartBroken extends Error {
  override name = "MultipartBroken";
}

export type FilePart = {
  /** The field's name. */
  field: string;
  /** As the browser sent it, or null for a part that isn't a file. */
  fileName: string | null;
  /** To be read to its end before the next part is asked for; what's left is skipped. */
  body: AsyncIterable<Uint8Array>;
};

const longestHeaders = 16 * 1024;
const lineEnd = Buffer.from("\r\n");
const headersEnd = Buffer.from("\r\n\r\n");

/** The boundary out of a Content-Type, or null where it isn't multipart/form-data. */
export function boundaryOf(contentType: string | null): string | null {
  const match = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? "",
  );
  return match?.[1] ?? match?.[2] ?? null;
}

/** The parts of a body, in their order. Throws `MultipartBroken`, or what the body throws. Leaves the body open when it's left early. */
export async function* readParts(body: AsyncIterator<Uint8Array>, boundary: string): AsyncGenerator<FilePart> {
  const input = new Input(body);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first boundary stands at the very beginning, where no line ends before it.
  input.putBack(lineEnd);
  for await (const _ of input.until(delimiter)) {
    // What stands before the first boundary means nothing.
  }
  for (;;) {
    const after = await input.take(2);
    if (after.toString("latin1") === "--") return;
    if (!after.equals(lineEnd)) throw new MultipartBroken();
    // A part without headers begins with an empty line.
    input.putBack(lineEnd);
    const headers = await input.collect(headersEnd, longestHeaders);
    const disposition =
      /(?:^|\r\n)content-disposition:\s*form-data\s*;([^\r]*)/i.exec(headers.toString("utf8"))?.[1] ?? "";
    const content = input.until(delimiter);
    yield { field: parameter(disposition, "name") ?? "", fileName: parameter(disposition, "filename"), body: content };
    for await (const _ of content) {
      // What the caller left.
    }
  }
}

/** A quoted parameter. Browsers write quotes and line breaks in it as %22, %0D, %0A (HTML, "multipart/form-data encoding algorithm"). */
function parameter(disposition: string, name: string): string | null {
  const match = new RegExp(`(?:^|;)\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition);
  return match?.[1] === undefined
    ? null
    : match[1]
        .replace(/%22/g, '"')
        .replace(/%0D|%0A/gi, "")
        .replace(/\\(["\\])/g, "$1");
}

class Input {
  #held: Buffer = Buffer.alloc(0);
  constructor(readonly source: AsyncIterator<Uint8Array>) {}

  putBack(bytes: Buffer): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  async #more(): Promise<void> {
    const next = await this.source.next();
    if (next.done) throw new MultipartBroken();
    const bytes = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
  }

  async take(length: number): Promise<Buffer> {
    while (this.#held.length < length) await this.#more();
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  /** What stands before `mark`, which is passed over; at most `limit` bytes. */
  async collect(mark: Buffer, limit: number): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at > limit || (at === -1 && this.#held.length > limit)) throw new MultipartBroken();
      if (at === -1) await this.#more();
      else return (await this.take(at + mark.length)).subarray(0, at);
    }
  }

  /** What stands before `mark`, piece by piece; passes over the mark. Can be left and taken up again, and is empty after its end. */
  until(mark: Buffer): AsyncIterable<Uint8Array> {
    const reading = { ended: false };
    return { [Symbol.asyncIterator]: () => this.#pieces(mark, reading) };
  }

  async *#pieces(mark: Buffer, reading: { ended: boolean }): AsyncGenerator<Uint8Array> {
    while (!reading.ended) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        const last = await this.take(at);
        await this.take(mark.length);
        reading.ended = true;
        if (last.length > 0) yield last;
        return;
      }
      const sure = this.#held.length - mark.length + 1;
      if (sure > 0) yield await this.take(sure);
      await this.#more();
    }
  }
}
