import type { DistrictTx, Doors } from "@/lib/db/types";
import { compareStudents } from "@/lib/students/compare-students";
import type { StudentMatch } from "@/lib/students/match-students";
import { openPackage, readPackage } from "@/lib/transfers/open-package";

/**
 * Students of the own roster, each compared with the person in one case of an unlocked transfer. `choose` names them; it isn't asked
 * where the transfer has no such case. Who left the roster stays out. Throws `not-there`, `code-first`, `transfer-decided`.
 */
export async function compareWithItem(
  doors: Doors,
  item: { transferId: string; n: number },
  choose: (tx: DistrictTx) => Promise<string[]>,
): Promise<StudentMatch[]> {
  const { transferId, n } = item;
  const read = await doors.exchange(transferId, async (tx) => {
    const sealed = await readPackage(tx, transferId, [n]);
    const districts = await tx.district.findMany({
      where: { id: { in: [sealed.place.sendingDistrictId, sealed.place.receivingDistrictId] } },
      select: { state: true },
    });
    return { sealed, sameState: new Set(districts.map((one) => one.state)).size === 1 };
  });
  const person = openPackage(read.sealed).cases.find((one) => one.n === n)?.content.person;
  if (!person) return [];
  return doors.district(
    async (tx) => (await compareStudents(tx, [{ n, ...person, studentIds: await choose(tx) }], read)).get(n) ?? [],
  );
}
