import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import type { StudentMatch } from "@/lib/students/match-students";
import { searchStudents } from "@/lib/students/search-students";
import { compareWithSent, type SentPerson } from "@/lib/transfers/compare-with-sent";
import { transferNeeds } from "@/lib/transfers/list-transfers";

const needs = ({ n }: SentPerson) => transferNeeds[n === null ? "documents" : "cases"];

/**
 * Students of the own roster for a person who was sent, each compared with that person; those who left the roster stay out. None where
 * documents aren't held any more. Throws `forbidden`, `not-there`, and of cases `code-first`, `transfer-decided`.
 */
export async function searchRoster(doors: Doors, sent: SentPerson, q: string): Promise<StudentMatch[]> {
  demand(doors.actor, needs(sent));
  return compareWithSent(doors, sent, async (tx) => {
    if (!q.trim()) return [];
    const hits = await searchStudents(tx, doors.actor, q);
    return hits.filter((hit) => !hit.departed).map((hit) => hit.id);
  });
}

/** One student of the own roster beside a person who was sent; null who isn't on it any more. Throws as `searchRoster`. */
export async function findCompared(doors: Doors, sent: SentPerson, studentId: string): Promise<StudentMatch | null> {
  demand(doors.actor, needs(sent));
  const [student] = await compareWithSent(doors, sent, () => Promise.resolve([studentId]));
  return student ?? null;
}
