import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import * as yauzl from "yauzl";
import type { FailureCode } from "@/lib/roster/problem-words";

/** In bytes, of the files that are read together; more is a bomb or no roster. */
const largestUnpacked = 1000 * 1000 * 1000;
/** OneRoster knows some twenty files; a few more may lie beside them. */
const mostEntries = 1000;

/** The bundle as a whole can't be used. `detail` is what the sentence names: a file, a column, a line, a version. */
export class BundleUnreadable extends Error {
  override name = "BundleUnreadable";
  constructor(
    readonly code: FailureCode,
    readonly detail: string | null = null,
  ) {
    super(code);
  }
}

/** Where the zip's bytes lie. */
export type Bytes = {
  /** In bytes. */
  size: number;
  /** `length` bytes from offset `start`. */
  read(start: number, length: number): AsyncIterable<Uint8Array>;
};

/** The files of a bundle, by their name in lower case ("users.csv"). */
export type Bundle = {
  has(name: string): boolean;
  /** The bytes of a file, unpacked. Fails with `BundleUnreadable` where the zip is damaged. */
  open(name: string): AsyncGenerator<Buffer>;
};

/** The zip could be read up to here; what its bytes come from failed, and may work the next time. */
class SourceFailed extends Error {
  constructor(override readonly cause: unknown) {
    super("the bundle's bytes can't be read");
  }
}

class RangeReader extends yauzl.RandomAccessReader {
  constructor(readonly bytes: Bytes) {
    super();
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const { bytes } = this;
    async function* range(): AsyncGenerator<Uint8Array> {
      try {
        if (end > start) yield* bytes.read(start, end - start);
      } catch (error) {
        throw new SourceFailed(error);
      }
    }
    return Readable.from(range(), { objectMode: false });
  }
}

/**
 * Opens a OneRoster bundle by its central directory; nothing is unpacked yet. A bundle may lie in one folder of the zip, as some
 * programs pack it. Throws `BundleUnreadable`.
 */
export async function openBundle(bytes: Bytes): Promise<Bundle> {
  const reader = new RangeReader(bytes);
  const zip = await sound("not-a-zip", () =>
    yauzl.fromRandomAccessReaderPromise(reader, bytes.size, { autoClose: false }),
  );
  if (zip.entryCount > mostEntries) throw new BundleUnreadable("too-many-entries", String(mostEntries));
  const entries = new Map<string, yauzl.Entry>();
  await sound("damaged", async () => {
    for await (const entry of zip.eachEntry()) {
      const name = plainName(entry.fileName);
      if (!name) continue;
      if (entries.has(name)) throw new BundleUnreadable("file-twice", name);
      entries.set(name, entry);
    }
  });
  const unpacked = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > largestUnpacked) throw new BundleUnreadable("too-large-unpacked");
  if ([...entries.values()].some((entry) => entry.isEncrypted())) throw new BundleUnreadable("encrypted");
  return {
    has: (name) => entries.has(name),
    open: (name) => unpack(zip, entries.get(name), name),
  };
}

/** `OneRoster/Users.csv` → `users.csv`; null for folders, other kinds of files and what macOS packs beside them. */
function plainName(path: string): string | null {
  const name = path.split("/").at(-1)?.toLowerCase() ?? "";
  if (!name.endsWith(".csv") || name.startsWith(".") || path.startsWith("__MACOSX/")) return null;
  return path.split("/").length <= 2 ? name : null;
}

async function* unpack(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, name: string): AsyncGenerator<Buffer> {
  if (!entry) throw new BundleUnreadable("file-missing", name);
  let sum = 0;
  try {
    // Ends with an error as soon as more comes out than the directory says, so a bomb can't lie about its size.
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes = chunk as Buffer;
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (error) {
    throw asDamage("damaged", error, name);
  }
  if (sum !== entry.crc32) throw new BundleUnreadable("damaged", name);
}

async function sound<T>(code: FailureCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDamage(code, error, null);
  }
}

function asDamage(code: FailureCode, error: unknown, detail: string | null): unknown {
  if (error instanceof SourceFailed) return error.cause;
  return error instanceof BundleUnreadable ? error : new BundleUnreadable(code, detail);
}
