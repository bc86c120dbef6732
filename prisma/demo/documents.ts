import { Readable } from "node:stream";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { mapLimit } from "@/lib/storage/map-limit";
import type { Member } from "./cases";
import type { DemoDistrict } from "./districts";
import { type DocumentKind, documentKinds } from "./document-texts";
import { makeChart, makePdf } from "./files";
import { hex } from "./insert";
import { makeRandom, type Random } from "./random";
import { gradeNumber, type StudentRow } from "./rosters";
import { atWork, dayOf, daysBefore } from "./time";

const filesAtOnce = 16;
/** The first students of a roster (those who move) have a folder; some others have a paper or two. */
const withFolder = 10;
const withPaper = 14;

type Place = {
  district: DemoDistrict;
  districtId: string;
  students: readonly StudentRow[];
  clerk: Member;
  /** Sees only what they own. */
  staff: Member;
  owners: readonly Member[];
};
type Row = Record<string, unknown>;

/**
 * Documents about a district's students, with files that can be opened: the objects are written, the rows are the caller's to write.
 * Some lie in the bin. The same every time, whatever else the demo makes.
 */
export async function makeDocuments(place: Place, now: Date): Promise<{ files: Row[]; documents: Row[] }> {
  const random = makeRandom(`documents of ${place.district.slug}`);
  const wanted = place.students.slice(0, withFolder + withPaper).flatMap((student, n) => {
    const fitting = documentKinds.filter((kind) => gradeNumber(student.grade) >= kind.fromGrade);
    const kinds = n < withFolder ? random.some(fitting, random.int(3, 6)) : random.some(fitting, random.int(1, 2));
    return kinds.map((kind) => ({
      student,
      kind,
      id: random.uuid(),
      fileId: random.uuid(),
      ...draft(random, place, student, kind, now),
    }));
  });
  const made = await mapLimit(wanted, filesAtOnce, async (one) => ({ ...one, ...(await write(random, place, one)) }));
  // Two of each district were deleted by mistake, or so it looks.
  const binned = new Set([made.at(4), made.at(-3)]);
  return {
    files: made.map((one) => one.row),
    documents: made.map((one) => ({
      district_id: place.districtId,
      id: one.id,
      student_id: one.student.id,
      file_id: one.fileId,
      title: one.title,
      type: one.kind.type,
      dated_on: dayOf(one.at),
      owner_id: one.owner.id,
      added_by: place.clerk.id,
      added_by_name: place.clerk.name,
      added_at: one.at,
      version: 1,
      deleted_at: binned.has(one) ? daysBefore(now, one === made.at(4) ? 3 : 12) : null,
      deleted_by: binned.has(one) ? place.clerk.id : null,
    })),
  };
}

function draft(random: Random, place: Place, student: StudentRow, kind: DocumentKind, now: Date) {
  const at = atWork(random, daysBefore(now, random.int(...kind.age)), place.district.timeZone, now);
  const year = at.getUTCMonth() >= 7 ? at.getUTCFullYear() : at.getUTCFullYear() - 1;
  const school = `${year}–${String(year + 1).slice(2)}`;
  return {
    at,
    title: kind.title.replace("$year", school),
    owner: random.chance(0.12) ? place.staff : random.pick([place.clerk, ...place.owners]),
    text: (line: string) =>
      random
        .say(line)
        .replaceAll("$name", student.given_name)
        .replaceAll("$year", school)
        .replaceAll("$grade", student.grade === "K" ? "kindergarten" : `grade ${student.grade}`),
  };
}

// Helvetica has no letters beyond Western Europe's: names in other scripts stay out of the file.
const printable = (text: string) =>
  text.replaceAll(/[^\u0020-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d]/g, "").replaceAll(/ {2,}/g, " ");

async function write(
  random: Random,
  { district, districtId }: Place,
  one: ReturnType<typeof draft> & { student: StudentRow; kind: DocumentKind; fileId: string },
): Promise<{ row: Row & { id: string } }> {
  const { student, kind, at, text } = one;
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: district.timeZone }).format(at);
  const bytes =
    kind.form === "chart"
      ? makeChart(random)
      : await makePdf({
          title: one.title,
          district: district.name,
          facts: [
            printable(`${student.given_name} ${student.family_name}, SIS ID ${student.sis_id}`),
            `Born ${student.birth_date} · ${day} · ${printable(one.owner.name)}`,
          ],
          sections: kind.sections.map(([heading, ...lines]) => ({
            heading,
            lines: lines.map((line) => printable(text(line))),
          })),
        });
  const written = await writeFile({
    source: Readable.from([bytes]),
    name: kind.form === "chart" ? "document.png" : "document.pdf",
  });
  const { storageKey, keyWrapped } = keepAddress(districtId, written);
  return {
    row: {
      district_id: districtId,
      id: one.fileId,
      storage_key: storageKey,
      key_wrapped: hex(keyWrapped),
      size: written.size,
      sha256: hex(written.sha256),
      media_type: written.mediaType,
      created_at: at,
    },
  };
}
