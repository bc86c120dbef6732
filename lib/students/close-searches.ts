import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";
import { readBirthDate } from "@/lib/students/birth-date-words";
import { seesAllStudents } from "@/lib/students/student-access";
import type { StudentFilter } from "@/lib/students/student-filter";

const perWord = 3;
const offered = 4;
const wordsLookedAt = 3;

/**
 * For a search of students without a hit: up to four searches with a close spelling that do have one, nearest first. Each is tried with
 * the same filters. For who sees all students: whoever sees a few has them before their eyes, and looks through no roster for the others.
 */
export async function closeStudentSearches(tx: DistrictTx, actor: Actor, filter: StudentFilter): Promise<string[]> {
  if (!seesAllStudents(actor)) return [];
  const { words, born } = readBirthDate(filter.q);
  const found = await tx.$queryRaw<{ n: number; word: string; close: string | null }[]>`
    select w.n::int as n, w.word, k.close
    from unnest(string_to_array(norm(${words}), ' ')) with ordinality w (word, n)
    left join lateral (select x as close from close_student_words(w.word, ${perWord}::int) x where length(w.word) > 2 and w.word !~ '[0-9]') k on true
    where w.n <= ${wordsLookedAt}::int
    order by w.n`;
  const typed = [...new Map(found.map((row) => [row.n, row.word])).values()];
  const close = typed.map((_, at) =>
    found.filter((row) => row.n === at + 1 && row.close !== null).map((row) => row.close as string),
  );
  // One word mistyped; then, for who mistyped several, the nearest of each.
  const candidates = close.flatMap((list, at) => list.map((word) => typed.with(at, word).join(" ")));
  if (close.filter((list) => list.length > 0).length > 1)
    candidates.push(typed.map((word, at) => close[at]?.[0] ?? word).join(" "));
  if (candidates.length === 0) return [];
  const [documents, cases] = [may(actor, "manageDocuments"), may(actor, "manageCases")];
  const hits = await tx.$queryRaw<{ q: string }[]>`
    select k.q from unnest(${candidates}::text[]) with ordinality k (q, n)
    cross join lateral search_students_page(k.q, ${born}::date, ${filter.buildingId}::uuid, ${filter.grade}, ${filter.show}, null,
      ${actor.membershipId}::uuid, ${documents}, ${cases}, 'name', false, 0, 0, 1) f
    where f.total > 0
    order by k.n limit ${offered}::int`;
  return [...new Set(hits.map((hit) => (born ? `${hit.q} ${born}` : hit.q)))];
}
