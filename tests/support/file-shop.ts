import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { FileRefused } from "@/lib/storage/file-types";
import { writeFile } from "@/lib/storage/files";
import { folderStore } from "@/lib/storage/folder";
import type { ObjectStore } from "@/lib/storage/store";

export async function* pieces(content: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += length) yield content.subarray(at, at + length);
}

/** For each test of a file a storage folder of its own, and writing files into it. */
export function fileShop() {
  const shop = { folder: "", store: folderStore(tmpdir()) as ObjectStore, write, onDisk, expectRefused };
  beforeEach(async () => {
    shop.folder = await mkdtemp(join(tmpdir(), "baton-files-"));
    shop.store = folderStore(shop.folder);
  });
  afterEach(() => rm(shop.folder, { recursive: true, force: true }));
  return shop;

  function write(name: string, content: Buffer | AsyncIterable<Uint8Array>, limit?: number) {
    const source = Buffer.isBuffer(content) ? pieces(content, 1000) : content;
    return writeFile({ source, name, store: shop.store, ...(limit === undefined ? {} : { limit }) });
  }

  /** Every file below the store's folder, the unfinished among them. */
  async function onDisk(): Promise<string[]> {
    const entries = await readdir(shop.folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  async function expectRefused(
    reason: FileRefused["reason"],
    name: string,
    content: Buffer,
    limit?: number,
  ): Promise<void> {
    const refusal = await write(name, content, limit).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(FileRefused);
    expect((refusal as FileRefused).reason).toBe(reason);
    expect(await onDisk()).toEqual([]);
  }
}
