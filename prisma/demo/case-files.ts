import { Readable } from "node:stream";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { mapLimit } from "@/lib/storage/map-limit";
import type { DemoCase, Member } from "./cases";
import type { DemoDistrict } from "./districts";
import { makeChart, makePdf, type PdfContent } from "./files";
import { hex } from "./insert";
import { makeRandom, type Random } from "./random";
import type { DemoFile } from "./scenario";
import type { StoredFile, World } from "./worlds";

const filesAtOnce = 16;

/** Writes a district's attachments into the storage. */
/** Makes the cases' files and puts them into the storage: objects first, the rows that name them later. */
export async function writeFiles(world: World): Promise<StoredFile[]> {
  const random = makeRandom(`files of ${world.district.slug}`);
  const wanted = world.cases.flatMap((one) =>
    one.files.map((file) => ({
      case: one,
      file,
      id: random.uuid(),
      bytes: makeBytes(random, world.district, one, file),
    })),
  );
  return mapLimit(wanted, filesAtOnce, async ({ id, bytes, ...of }) => {
    const written = await writeFile({ source: Readable.from([await bytes]), name: of.file.name });
    const { storageKey, keyWrapped } = keepAddress(world.districtId, written);
    return {
      ...of,
      row: {
        district_id: world.districtId,
        id,
        storage_key: storageKey,
        key_wrapped: hex(keyWrapped),
        size: written.size,
        sha256: hex(written.sha256),
        media_type: written.mediaType,
        created_at: of.file.at,
      },
    };
  });
}

async function makeBytes(
  random: Random,
  district: DemoDistrict,
  one: DemoCase,
  file: DemoFile & { at: Date; by: Member },
): Promise<Buffer> {
  if (file.kind === "chart") return makeChart(random);
  const texts = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row.text));
  const notes = one.notes.map((note) => String(note.body));
  const sections: Record<Exclude<DemoFile["kind"], "chart">, PdfContent["sections"]> = {
    plan: [
      { heading: "What helps", lines: texts(one.strategies) },
      { heading: "Who does what", lines: texts(one.tasks) },
      { heading: "Signed", lines: ["Family: ______________________________", `School: ${file.by.name}`] },
    ],
    assessment: [
      { heading: "What was seen", lines: notes.slice(0, 2) },
      { heading: "Finding", lines: notes.slice(2, 3) },
      { heading: "Next steps", lines: texts(one.tasks) },
    ],
    minutes: [{ heading: "Notes", lines: notes.slice(0, 3) }],
    letter: [
      {
        heading: "To the family",
        lines: ["Thank you for the talk. Below is what we agreed on; call us if you remember it differently."],
      },
      { heading: "Agreed", lines: texts(one.strategies) },
    ],
  };
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: district.timeZone }).format(file.at);
  // Helvetica has no letters beyond Western Europe's: names in other scripts stay out of the file.
  const printable = (text: string) =>
    text.replaceAll(/[^\u0020-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d]/g, "").replaceAll(/ {2,}/g, " ");
  return makePdf({
    title: file.name.replace(/\.pdf$/, ""),
    district: district.name,
    facts: [`Case ${one.row.number}`, `${day}, ${printable(file.by.name)}`],
    sections: sections[file.kind].map(({ heading, lines }) => ({ heading, lines: lines.map(printable) })),
  });
}
