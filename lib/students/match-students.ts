import type { DistrictTx } from "@/lib/db/types";
import { type Comparison, compareIdentity, type Identity } from "@/lib/students/compare-identity";

export type StudentMatch = Identity & {
  id: string;
  sisId: string;
  grade: string | null;
  building: string | null;
  buildingId: string | null;
  comparison: Comparison;
};

const weight = { agrees: 4, close: 2, missing: 0, differs: -3 } as const;

/**
 * The students of the roster that come nearest to each of the given people, best first, at most `most` each; one statement for all.
 * Candidates share birth date, state ID or the whole name; nobody else is proposed.
 */
export async function matchStudents(
  tx: DistrictTx,
  people: readonly (Identity & { n: number })[],
  options: { sameState: boolean; most?: number },
): Promise<Map<number, StudentMatch[]>> {
  const matches = new Map<number, StudentMatch[]>();
  if (people.length === 0) return matches;
  const rows = await tx.$queryRaw<
    {
      n: number;
      id: string;
      sis_id: string;
      given_name: string;
      family_name: string;
      preferred_name: string | null;
      birth_date: string | null;
      state_id: string | null;
      grade: string | null;
      building: string | null;
      building_id: string | null;
    }[]
  >`
    with x as (
      select n, norm(family || ' ' || given) name_key, birth_date, state_id from unnest(${people.map((one) => one.n)}::int[], ${people.map((one) => one.given)}::text[],
        ${people.map((one) => one.family)}::text[], ${people.map((one) => one.birthDate)}::date[], ${people.map((one) => one.stateId)}::text[]) u (n, given, family, birth_date, state_id)
    ), c as (
      select x.n, s.id from x join student s on s.name_key = x.name_key
      union select x.n, s.id from x join student s on s.birth_date = x.birth_date
      union select x.n, s.id from x join student s on s.state_id = x.state_id
    )
    select c.n, s.id, s.sis_id, s.given_name, s.family_name, s.preferred_name, s.birth_date::text, s.state_id, s.grade, b.name building, s.building_id
    from c join student s on s.id = c.id left join building b on b.id = s.building_id where s.active`;
  const byNumber = new Map(people.map((one) => [one.n, one]));
  for (const row of rows) {
    const ours = {
      given: row.given_name,
      family: row.family_name,
      preferred: row.preferred_name,
      birthDate: row.birth_date,
      stateId: row.state_id,
    };
    const comparison = compareIdentity(byNumber.get(row.n) as Identity, ours, options.sameState);
    // A shared birthday alone says nothing.
    if (comparison.name === "differs" && comparison.stateId !== "agrees") continue;
    const list = matches.get(row.n) ?? [];
    list.push({
      ...ours,
      id: row.id,
      sisId: row.sis_id,
      grade: row.grade,
      building: row.building,
      buildingId: row.building_id,
      comparison,
    });
    matches.set(row.n, list);
  }
  for (const [n, list] of matches) {
    const score = ({ comparison }: StudentMatch) =>
      2 * weight[comparison.name] + 2 * weight[comparison.birthDate] + weight[comparison.stateId];
    matches.set(
      n,
      list.sort((a, b) => score(b) - score(a) || a.sisId.localeCompare(b.sisId)).slice(0, options.most ?? 3),
    );
  }
  return matches;
}
