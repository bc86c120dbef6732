import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import type { StudentMatch } from "@/lib/students/match-students";
import { searchStudents } from "@/lib/students/search-students";
import { compareWithItem } from "@/lib/transfers/compare-with-item";

/**
 * Students of the own roster for one case of an unlocked transfer, each compared with the person in it; those who left the roster stay
 * out. Throws `forbidden`, `not-there`, `code-first`, `transfer-decided`.
 */
export async function searchRoster(
  doors: Doors,
  input: { transferId: string; n: number; q: string },
): Promise<StudentMatch[]> {
  demand(doors.actor, "manageCases");
  return compareWithItem(doors, input, async (tx) => {
    if (!input.q.trim()) return [];
    const hits = await searchStudents(tx, doors.actor, input.q);
    return hits.filter((hit) => !hit.departed).map((hit) => hit.id);
  });
}

/** One student of the own roster beside the person in a case; null who isn't on it any more. Throws as `searchRoster`. */
export async function findCompared(
  doors: Doors,
  input: { transferId: string; n: number; studentId: string },
): Promise<StudentMatch | null> {
  demand(doors.actor, "manageCases");
  const [student] = await compareWithItem(doors, input, () => Promise.resolve([input.studentId]));
  return student ?? null;
}
