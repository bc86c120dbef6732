import { seesAllCases } from "@/lib/cases/case-access";
import type { CaseFilter } from "@/lib/cases/case-filter";
import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

const perWord = 3;
const offered = 4;
const wordsLookedAt = 6;

/**
 * For a search without a hit: up to four searches with a close spelling that do have one, nearest first. Each is tried with the
 * actor's own sight and the same filters, so that no word of a case comes up that they don't see.
 */
export async function closeSearches(tx: DistrictTx, actor: Actor, filter: CaseFilter): Promise<string[]> {
  const words = await tx.$queryRaw<{ n: number; word: string; close: string | null }[]>`
    select w.n::int as n, w.word, k.close
    from unnest(string_to_array(norm(${filter.q}), ' ')) with ordinality w (word, n)
    left join lateral (select x as close from close_case_words(w.word, ${perWord}::int) x where length(w.word) > 2 and w.word !~ '^[0-9]+$') k on true
    where w.n <= ${wordsLookedAt}::int
    order by w.n`;
  const typed = [...new Map(words.map((row) => [row.n, row.word])).values()];
  const close = typed.map((_, at) =>
    words.filter((row) => row.n === at + 1 && row.close !== null).map((row) => row.close as string),
  );
  // One word mistyped; then, for who mistyped several, the nearest of each.
  const candidates = close.flatMap((list, at) => list.map((word) => typed.with(at, word).join(" ")));
  if (close.filter((list) => list.length > 0).length > 1)
    candidates.push(typed.map((word, at) => close[at]?.[0] ?? word).join(" "));
  if (candidates.length === 0) return [];
  const hits = await tx.$queryRaw<{ q: string }[]>`
    select k.q from unnest(${candidates}::text[]) with ordinality k (q, n)
    cross join lateral search_cases(k.q, ${filter.status === "all" ? null : filter.status}, ${filter.buildingId}::uuid, ${filter.teamId}::uuid, ${filter.level},
      ${seesAllCases(actor) ? null : actor.membershipId}::uuid, 'updated', true, 0, 0, 1) f
    where f.total > 0
    order by k.n limit ${offered}::int`;
  return [...new Set(hits.map((hit) => hit.q))];
}
