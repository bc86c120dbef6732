import type { Readable } from "node:stream";

/** The beginning of a text file, decoded as it was checked on coming in: by its byte order mark, as UTF-8, or else as Windows-1252. */
export async function readText(stream: Readable, limitBytes: number): Promise<{ text: string; cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limitBytes) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, limitBytes);
  const mark = bytes.toString("hex", 0, 2);
  const cut = size > limitBytes;
  if (mark === "fffe" || mark === "feff")
    return { text: new TextDecoder(mark === "fffe" ? "utf-16le" : "utf-16be").decode(bytes), cut };
  try {
    // A cut in the middle of a character isn't an error.
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: cut }), cut };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), cut };
  }
}
