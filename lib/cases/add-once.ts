import { createHash } from "node:crypto";

/**
 * Adds something under the id that its form was drawn with. A second click finds it there and adds nothing. The browser's Back button
 * brings the form again with the same id: what differs then is a thing of its own, and is added under another id, which follows from
 * id and content, so that a second click of that is still one. `add` says whether the id was free, `isSame` whether what has it is a repeat.
 */
export async function addOnce(
  formId: string,
  content: unknown,
  work: { add(id: string): Promise<boolean>; isSame(id: string): Promise<boolean> },
): Promise<{ id: string; added: boolean }> {
  for (let id = formId; ; id = idAfter(id, content)) {
    if (await work.add(id)) return { id, added: true };
    if (await work.isSame(id)) return { id, added: false };
  }
}

/** A UUID of version 8 (RFC 9562, 5.8). */
function idAfter(id: string, content: unknown): string {
  const bytes = createHash("sha256")
    .update(JSON.stringify([id, content]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
