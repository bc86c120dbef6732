import { Readable } from "node:stream";
import type pg from "pg";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import type { Member } from "./cases";
import type { DemoDistrict } from "./districts";
import { makePdf } from "./files";
import { hex, insertRows } from "./insert";
import { makeRandom } from "./random";
import { dayOf, daysBefore } from "./time";

type Place = {
  district: DemoDistrict;
  districtId: string;
  buildingIds: readonly string[];
  teamIds: readonly string[];
  manager: Member;
  clerk: Member;
};

const year = 365.25;
/** Who left long ago, and how many years ago that was. */
const people = [
  { given: "Trevor", family: "Halvorsen", grade: "12", left: 8.4, number: 1, notes: 3 },
  { given: "Keisha", family: "Ballard", grade: "8", left: 9.1, number: 2, notes: 2 },
];
const said = [
  "Met with the family. Agreed on check-ins twice a week.",
  "Check-ins go well; teachers report fewer absences.",
  "Goals met. The team agreed to close the case.",
];

/**
 * Records of students who left long ago: a closed case and an old document each, so that a retention rule finds something that is due. The
 * same every time, whatever else the demo makes.
 */
export async function writeOldRecords(owner: pg.Client, place: Place, now: Date): Promise<void> {
  const { district, districtId, manager } = place;
  const random = makeRandom(`old records of ${district.slug}`);
  for (const one of people) {
    const [left, ids] = [daysBefore(now, Math.round(one.left * year)), { student: random.uuid(), case: random.uuid() }];
    const opened = daysBefore(left, 300);
    await insertRows(owner, "student", [
      {
        district_id: districtId,
        id: ids.student,
        sis_id: district.sisId(9_000 + one.number),
        state_id: district.stateId(9_000 + one.number),
        given_name: one.given,
        middle_name: null,
        family_name: one.family,
        preferred_name: null,
        birth_date: dayOf(daysBefore(left, Math.round((Number(one.grade) + 5.6) * year))),
        grade: one.grade,
        building_id: place.buildingIds.at(-2),
        active: false,
        left_on: dayOf(left),
      },
    ]);
    const closed = daysBefore(left, 20);
    await insertRows(owner, "case", [
      {
        district_id: districtId,
        id: ids.case,
        number: `${opened.getUTCFullYear()}-${String(one.number).padStart(4, "0")}`,
        student_id: ids.student,
        building_id: place.buildingIds.at(-2),
        team_id: place.teamIds[2],
        manager_id: manager.id,
        status: "closed",
        level: "low",
        created_at: opened,
        updated_at: closed,
        closed_at: closed,
        version: one.notes,
      },
    ]);
    const notes = said.slice(-one.notes);
    await insertRows(
      owner,
      "note",
      notes.map((body, n) => ({
        district_id: districtId,
        id: random.uuid(),
        case_id: ids.case,
        author_id: manager.id,
        author_name: manager.name,
        body,
        written_at: n === notes.length - 1 ? closed : daysBefore(closed, 90 * (notes.length - 1 - n)),
      })),
    );
    await writeDocument(owner, place, {
      ...one,
      studentId: ids.student,
      at: daysBefore(left, 120),
      id: random.uuid(),
      fileId: random.uuid(),
    });
  }
}

async function writeDocument(
  client: pg.Client,
  { district, districtId: of, clerk }: Place,
  one: { given: string; family: string; studentId: string; at: Date; id: string; fileId: string },
): Promise<void> {
  const school = `${one.at.getUTCFullYear()}–${String(one.at.getUTCFullYear() + 1).slice(2)}`;
  const title = `Progress report ${school}`;
  const bytes = await makePdf({
    title,
    district: district.name,
    facts: [`${one.given} ${one.family}`, dayOf(one.at)],
    sections: [{ heading: "Progress", lines: ["On track in all goals.", "No further reports are planned."] }],
  });
  const written = await writeFile({ source: Readable.from([bytes]), name: "document.pdf" });
  const { storageKey, keyWrapped } = keepAddress(of, written);
  await insertRows(client, "stored_file", [
    {
      district_id: of,
      id: one.fileId,
      storage_key: storageKey,
      key_wrapped: hex(keyWrapped),
      size: written.size,
      sha256: hex(written.sha256),
      media_type: written.mediaType,
      created_at: one.at,
    },
  ]);
  await insertRows(client, "document", [
    {
      district_id: of,
      id: one.id,
      student_id: one.studentId,
      file_id: one.fileId,
      title,
      type: "progress",
      dated_on: dayOf(one.at),
      owner_id: clerk.id,
      added_by: clerk.id,
      added_by_name: clerk.name,
      added_at: one.at,
      version: 1,
    },
  ]);
}
