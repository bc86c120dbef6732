import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { type Bundle, BundleUnreadable } from "@/lib/roster/bundle";

/** A row that isn't blank: its line in the file (the first is 1), and its cells. */
export type CsvRow = { line: number; cells: string[] };
/** A file of the bundle as a table. */
export type CsvFile = {
  name: string;
  /** How many fields the header has. */
  width: number;
  /** Where a column stands, by its name in lower case; -1 where the file doesn't have it. */
  at(column: string): number;
  /** What the file is written in; windows-1252 where it isn't UTF-8, as OneRoster wants it. */
  encoding: Encoding;
  rows: AsyncGenerator<CsvRow>;
};
export type Encoding = "utf-8" | "windows-1252";

/** In bytes: a quotation mark that doesn't close would swallow the rest of the file. */
const longestRow = 64 * 1024;
const mostRows = 3_000_000;

/**
 * Opens a file of the bundle: comma, quotes, LF or CRLF, with or without BOM, columns in any order; more columns are ignored. It's
 * unpacked twice: its encoding shows at its end alone. Throws `BundleUnreadable` naming what's missing, `rows` as well.
 */
export async function openCsv(bundle: Bundle, name: string, required: readonly string[]): Promise<CsvFile> {
  const encoding = await encodingOf(bundle.open(name), name);
  const records = readRecords(bundle.open(name), name, encoding);
  const first = await records.next();
  if (first.done) throw new BundleUnreadable("empty-file", name);
  const header = first.value.cells.map((cell) => cell.trim().toLowerCase());
  const twice = header.find((column, i) => column !== "" && header.indexOf(column) !== i);
  if (twice !== undefined) throw new BundleUnreadable("column-twice", `${name}: ${twice}`);
  const missing = required.filter((column) => !header.includes(column.toLowerCase()));
  if (missing.length > 0) throw new BundleUnreadable("column-missing", `${name}: ${missing.join(", ")}`);
  return { name, width: header.length, at: (column) => header.indexOf(column.toLowerCase()), encoding, rows: records };
}

async function* readRecords(source: AsyncIterable<Buffer>, name: string, encoding: Encoding): AsyncGenerator<CsvRow> {
  const text = Readable.from(encoding === "utf-8" ? source : recoded(source), { objectMode: false });
  const parser = parse({
    bom: true,
    relax_column_count: true,
    // A quotation mark inside of a field is a letter like others.
    relax_quotes: true,
    max_record_size: longestRow,
  });
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let line = 1;
  let rows = 0;
  try {
    for await (const record of parser) {
      const cells = record as string[];
      const at = line++;
      for (const cell of cells) if (cell.includes("\n")) line += cell.split("\n").length - 1;
      if (cells.length === 1 && cells[0] === "") continue;
      if (rows++ > mostRows) throw new BundleUnreadable("too-many-rows", name);
      yield { line: at, cells };
    }
  } catch (error) {
    // What's left when the quotation mark doesn't close, or a row is longer than any can be.
    if (error instanceof CsvError) throw new BundleUnreadable("quote", `${name}: ${line}`);
    throw error;
  } finally {
    text.destroy();
  }
}

async function encodingOf(source: AsyncIterable<Buffer>, name: string): Promise<Encoding> {
  let found: Encoding = "utf-8";
  let held: Buffer | undefined;
  let isFirst = true;
  for await (const chunk of source) {
    if (isFirst && /^(fffe|feff)/.test(chunk.toString("hex", 0, 2))) throw new BundleUnreadable("utf-16", name);
    isFirst = false;
    // Read to its end all the same: damage of the zip shows there.
    if (found !== "utf-8") continue;
    const bytes = held ? Buffer.concat([held, chunk]) : chunk;
    // A letter may be cut in two by the end of the block.
    const whole = lengthOfWholeLetters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) found = "windows-1252";
    held = whole < bytes.length ? Buffer.from(bytes.subarray(whole)) : undefined;
  }
  return held ? "windows-1252" : found;
}

/** Without the beginning of a letter whose end is still to come: at most three bytes. */
function lengthOfWholeLetters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Windows-1252, of which Latin-1 is a part, as UTF-8. */
async function* recoded(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("windows-1252");
  for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
