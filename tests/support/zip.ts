import { crc32, deflateRawSync } from "node:zlib";

export type ZipEntry = {
  name: string;
  content: Buffer | string;
  stored?: boolean;
  /** Overrides what the central directory says, for archives that lie. */
  claims?: { flags?: number; method?: number; packed?: number; unpacked?: number; at?: number; name?: string };
};

/** A zip archive of the given entries (PKWARE APPNOTE 6.3.10), well-formed unless an entry claims otherwise. */
export function makeZip(entries: readonly ZipEntry[], comment = ""): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, stored, claims = {} } of entries) {
    const plain = Buffer.from(content as string);
    const packed = stored ? plain : deflateRawSync(plain);
    const fields = (claimed: NonNullable<ZipEntry["claims"]>) => {
      const shared = Buffer.alloc(26);
      shared.writeUInt16LE(20, 0);
      shared.writeUInt16LE(claimed.flags ?? 0, 2);
      shared.writeUInt16LE(claimed.method ?? (stored ? 0 : 8), 4);
      shared.writeUInt32LE(crc32(plain), 10);
      shared.writeUInt32LE(claimed.packed ?? packed.length, 14);
      shared.writeUInt32LE(claimed.unpacked ?? plain.length, 18);
      shared.writeUInt16LE(Buffer.byteLength(claimed.name ?? name), 22);
      return shared;
    };
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields({}), Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(claims.at ?? at, 10);
    const itsName = Buffer.from(claims.name ?? name);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields(claims), rest, itsName]));
    locals.push(local);
    at += local.length;
  }
  const entriesLength = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(entriesLength, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment, "latin1")]);
}

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

export function contentTypes(mainType = WORD): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${mainType}"/></Types>`;
}

/** The entries of a small Word document, content types first (as Word writes them). */
export function docxEntries(mainType?: string): [ZipEntry, ...ZipEntry[]] {
  return [
    { name: "[Content_Types].xml", content: contentTypes(mainType) },
    { name: "_rels/.rels", content: "<Relationships/>" },
    { name: "word/document.xml", content: `<w:document>${"A paragraph. ".repeat(500)}</w:document>` },
  ];
}
