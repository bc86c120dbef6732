import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import { compareStudents } from "@/lib/students/compare-students";
import type { StudentMatch } from "@/lib/students/match-students";
import { searchStudents } from "@/lib/students/search-students";
import { openPackage, readPackage } from "@/lib/transfers/open-package";

/**
 * Students of the own roster for one case of an unlocked transfer, each compared with the person in it; those who left the roster stay
 * out. Throws `forbidden`, `not-there`, `not-pending`, `transfer-decided`.
 */
export async function searchRoster(
  doors: Doors,
  input: { transferId: string; n: number; q: string },
): Promise<StudentMatch[]> {
  demand(doors.actor, "manageCases");
  const { transferId, n, q } = input;
  const read = await doors.exchange(transferId, async (tx) => {
    const sealed = await readPackage(tx, transferId, [n]);
    const districts = await tx.district.findMany({
      where: { id: { in: [sealed.place.sendingDistrictId, sealed.place.receivingDistrictId] } },
      select: { state: true },
    });
    return { sealed, sameState: new Set(districts.map((one) => one.state)).size === 1 };
  });
  const person = openPackage(read.sealed).cases.find((one) => one.n === n)?.content.person;
  if (!person || !q.trim()) return [];
  return doors.district(async (tx) => {
    const hits = await searchStudents(tx, doors.actor, q);
    const studentIds = hits.filter((hit) => !hit.departed).map((hit) => hit.id);
    return (await compareStudents(tx, [{ n, ...person, studentIds }], read)).get(n) ?? [];
  });
}
