import type { Doors } from "@/lib/db/types";
import { People } from "@/lib/roster/people";
import { HASH_BYTES } from "@/lib/roster/record";

const pageSize = 20_000;
const none = Buffer.alloc(HASH_BYTES);

type Page = { ids: string; hashes: Uint8Array; active: string; last: string | null };

/** One text per page: the elements of an array are parsed and copied one by one. No sourcedId has a line break (`tidy` in record.ts). */
const linesOf = (text: string): string[] => (text === "" ? [] : text.split("\n"));

/** Whom the district's roster has, read in few large pages, and the sourcedIds of its buildings. */
export async function readKnownPeople(doors: Doors): Promise<{ people: People; schools: Set<string> }> {
  const people = new People();
  const { districtId } = doors.actor;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const page = await doors.district(async (tx) => {
      const [row] = await tx.$queryRaw<[Page]>`
        select coalesce(string_agg(x.source_id, chr(10) order by x.id), '') ids, coalesce(string_agg(coalesce(x.source_hash, ${none}), ''::bytea order by x.id), ''::bytea) hashes,
          coalesce(string_agg(case when x.active then '1' else '0' end, '' order by x.id), '') active, (array_agg(x.id order by x.id desc))[1] "last"
        from (select s.id, s.source_id, s.source_hash, s.active from student s
          where s.district_id = ${districtId}::uuid and s.source_id is not null and s.id > ${after}::uuid order by s.id limit ${pageSize}) x`;
      return row;
    });
    people.addKnown({ ...page, ids: linesOf(page.ids) }, "student");
    if (page.active.length < pageSize || page.last === null) break;
    after = page.last;
  }
  const schools = await doors.district(async (tx) => {
    const [staff] = await tx.$queryRaw<[Page]>`
      select coalesce(string_agg(x.source_id, chr(10) order by x.id), '') ids, coalesce(string_agg(x.source_hash, ''::bytea order by x.id), ''::bytea) hashes, '' active, null "last"
      from staff_proposal x where x.district_id = ${districtId}::uuid`;
    people.addKnown({ ...staff, ids: linesOf(staff.ids) }, "staff");
    return tx.$queryRaw<{ source_id: string }[]>`
      select source_id from building where district_id = ${districtId}::uuid and source_id is not null`;
  });
  return { people, schools: new Set(schools.map((row) => row.source_id)) };
}
