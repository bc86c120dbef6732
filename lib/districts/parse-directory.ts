import { parse } from "csv-parse/sync";
import { domainPattern } from "@/lib/districts/domain";
import { states } from "@/lib/districts/states";

/** A row of the directory: an LEA of the NCES Common Core of Data. */
export type DirectoryRow = { ncesId: string; name: string; state: string; city: string | null; domain: string | null };
/** A row that wasn't taken: its line in the file (the first is 1), and why. */
export type BadRow = { line: number; reason: string };
export type ParsedDirectory = {
  rows: DirectoryRow[];
  bad: BadRow[];
  /** How many ids had lost their leading zero to a spreadsheet, and got it back. */
  zerosRestored: number;
};

/** The file as a whole can't be used; the message says why, for the person at the terminal. */
export class DirectoryUnreadable extends Error {
  override name = "DirectoryUnreadable";
}

// NCES has renamed its columns over the years; all of these stand in one of its files.
const columns = {
  ncesId: ["leaid", "ncesid", "leaidnces"],
  name: ["leaname", "name", "leanm"],
  state: ["st", "stabr", "stabbr", "lstate", "state"],
  city: ["lcity", "city", "loccity"],
  domain: ["website", "domain", "web", "url"],
} as const;
type Column = keyof typeof columns;

/**
 * Reads an NCES LEA file: `LEAID, LEA_NAME, ST`, and city and web site where it has them; more is ignored. Comma, semicolon or tab, any
 * order of columns, BOM, CRLF, quotes. Throws `DirectoryUnreadable` when there's no such header or the quotes don't close.
 */
export function parseDirectory(file: Buffer): ParsedDirectory {
  const { records, width, place } = read(decode(file));
  const found: ParsedDirectory = { rows: [], bad: [], zerosRestored: 0 };
  const seen = new Map<string, number>();
  for (const { record, line } of records) {
    if (record.every((cell) => cell.trim() === "")) continue;
    const cell = (column: Column) => tidy(record[place[column] ?? width] ?? "");
    const typed = cell("ncesId");
    const ncesId = /^\d{6}$/.test(typed) ? `0${typed}` : typed;
    const reason = problemOf(
      { typed, ncesId, name: cell("name"), state: cell("state").toUpperCase() },
      seen.get(ncesId),
    );
    if (reason) {
      found.bad.push({ line, reason });
      continue;
    }
    if (ncesId !== typed) found.zerosRestored++;
    seen.set(ncesId, line);
    found.rows.push({
      ncesId,
      name: cell("name").slice(0, 200),
      state: cell("state").toUpperCase(),
      city: cell("city").slice(0, 100) || null,
      domain: domainOf(cell("domain")),
    });
  }
  return found;
}

function problemOf(
  row: { typed: string; ncesId: string; name: string; state: string },
  before: number | undefined,
): string | null {
  if (row.typed === "") return "the LEAID is missing";
  if (!/^\d{7}$/.test(row.ncesId)) return `the LEAID "${short(row.typed)}" isn't 7 digits`;
  if (before !== undefined) return `the LEAID ${row.ncesId} stands in line ${before} already`;
  if (row.name === "") return "the LEA_NAME is empty";
  if (row.state === "") return "the state (ST) is missing";
  if (!Object.hasOwn(states, row.state)) return `"${short(row.state)}" isn't a state's code`;
  return null;
}

function decode(file: Buffer): string {
  if (file.length === 0) throw new DirectoryUnreadable("The file is empty.");
  if (file[0] === 0xff && file[1] === 0xfe) return new TextDecoder("utf-16le").decode(file);
  if (file.includes(0)) throw new DirectoryUnreadable("The file isn't text. Save the table as CSV and import that.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    // What Excel on Windows writes when it's asked for CSV.
    return new TextDecoder("windows-1252").decode(file);
  }
}

type Read = { records: { record: string[]; line: number }[]; width: number; place: Partial<Record<Column, number>> };

function read(text: string): Read {
  const start = text.replace(/^\uFEFF/, "");
  const firstLine = start.slice(0, start.search(/[\r\n]|$/));
  const delimiter = ["\t", ",", ";"].find((one) => firstLine.includes(one));
  if (!delimiter) throw new DirectoryUnreadable(headerProblem([firstLine]));
  let parsed: { record: string[]; info: { lines: number } }[];
  try {
    parsed = parse(start, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as typeof parsed;
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    throw new DirectoryUnreadable(
      `The file can't be read as a table${line ? ` near line ${line}` : ""}: a quotation mark doesn't close.`,
    );
  }
  const header = (parsed[0]?.record ?? []).map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ""));
  const place: Read["place"] = {};
  for (const [column, names] of Object.entries(columns) as [Column, readonly string[]][]) {
    const at = names.map((name) => header.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined) place[column] = at;
  }
  if (place.ncesId === undefined || place.name === undefined || place.state === undefined) {
    throw new DirectoryUnreadable(headerProblem(parsed[0]?.record ?? []));
  }
  return {
    records: parsed.slice(1).map(({ record, info }) => ({ record, line: info.lines })),
    width: header.length,
    place,
  };
}

function headerProblem(header: string[]): string {
  return `The first line doesn't name the columns LEAID, LEA_NAME and ST. It reads: ${short(header.join(", "), 80)}`;
}

/** `https://www.aisd.example/home` → `aisd.example`; null for what is no address. */
function domainOf(text: string): string | null {
  const host = text
    .toLowerCase()
    .replace(/^[a-z]+:\/+/, "")
    .replace(/^www\./, "")
    .replace(/[/:?#].*$/, "");
  return domainPattern.test(host) ? host : null;
}

const tidy = (text: string) =>
  text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const short = (text: string, length = 20) => (text.length > length ? `${text.slice(0, length)}…` : text);
