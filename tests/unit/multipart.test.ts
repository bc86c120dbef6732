import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { boundaryOf, MultipartBroken, readParts } from "@/lib/web/multipart";

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function partsOf(bytes: Buffer, boundary: string, size: number) {
  const parts: { field: string; fileName: string | null; bytes: Buffer }[] = [];
  for await (const part of readParts(pieces(bytes, size), boundary)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.body) chunks.push(chunk);
    parts.push({ field: part.field, fileName: part.fileName, bytes: Buffer.concat(chunks) });
  }
  return parts;
}

/** The body as a browser (undici's FormData) writes it. */
async function bodyOf(form: FormData): Promise<{ bytes: Buffer; boundary: string }> {
  const request = new Request("http://localhost", { method: "POST", body: form });
  return {
    bytes: Buffer.from(await request.arrayBuffer()),
    boundary: boundaryOf(request.headers.get("content-type")) ?? "",
  };
}

describe("reads what a browser writes", () => {
  const tricky = Buffer.concat([Buffer.from("\r\n--\r\n----"), randomBytes(70_000), Buffer.from("\r\n")]);
  test.each([1, 7, 64, 1_000, 1_000_000])("in pieces of %i bytes", async (size) => {
    const form = new FormData();
    form.append("caseId", "x");
    form.append("file", new File([tricky.subarray(0, size < 64 ? 3_000 : undefined)], 'Ömer "O’Brien" 🙂.pdf'));
    form.append("file", new File(["second"], "b.txt"));
    const { bytes, boundary } = await bodyOf(form);
    const parts = await partsOf(bytes, boundary, size);
    expect(parts.map((part) => [part.field, part.fileName])).toEqual([
      ["caseId", null],
      ["file", 'Ömer "O’Brien" 🙂.pdf'],
      ["file", "b.txt"],
    ]);
    expect(parts[1]?.bytes.equals(tricky.subarray(0, size < 64 ? 3_000 : undefined))).toBe(true);
    expect(parts[2]?.bytes.toString()).toBe("second");
  });
  test("a body that holds most of its own boundary", async () => {
    const near = "\r\n--bound\r\n--boun\r\n--boundar";
    const bytes = Buffer.from(
      `--boundary\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${near}\r\n--boundary--\r\n`,
    );
    for (const size of [1, 2, 3, 100]) expect((await partsOf(bytes, "boundary", size))[0]?.bytes.toString()).toBe(near);
  });
  test("a form in which no file was chosen", async () => {
    const bytes = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n',
    );
    expect(await partsOf(bytes, "b", 5)).toEqual([{ field: "file", fileName: "", bytes: Buffer.alloc(0) }]);
  });
  test("what the caller doesn't read is skipped", async () => {
    const form = new FormData();
    form.append("a", new File([randomBytes(100_000)], "a.txt"));
    form.append("b", new File(["b"], "b.txt"));
    const { bytes, boundary } = await bodyOf(form);
    const names: (string | null)[] = [];
    for await (const part of readParts(pieces(bytes, 999), boundary)) names.push(part.fileName);
    expect(names).toEqual(["a.txt", "b.txt"]);
  });
});

test.each([
  ["cut in the middle", '--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nabc'],
  ["cut before the last boundary's end", '--b\r\nContent-Disposition: form-data; name="f"\r\n\r\nabc\r\n--b'],
  ["another boundary", '--c\r\nContent-Disposition: form-data; name="f"\r\n\r\nabc\r\n--c--'],
  ["headers without an end", `--b\r\n${"x".repeat(20_000)}`],
  ["nothing", ""],
])("is refused: %s", async (_, body) => {
  await expect(partsOf(Buffer.from(body), "b", 100)).rejects.toThrow(MultipartBroken);
});

test("boundaries", () => {
  expect(boundaryOf("multipart/form-data; boundary=----WebKitFormBoundaryAbc")).toBe("----WebKitFormBoundaryAbc");
  expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
  expect(boundaryOf("application/octet-stream")).toBeNull();
  expect(boundaryOf(null)).toBeNull();
});
