import type { DistrictTx } from "@/lib/db/types";

export type Choice = { id: string; name: string };
export type TeamChoice = Choice & { leader: string | null };
export type PersonChoice = Choice & { seesAll: boolean };

/** What the list can be narrowed to, by name. */
export async function listFilterChoices(tx: DistrictTx): Promise<{ buildings: Choice[]; teams: Choice[] }> {
  const rows = await tx.$queryRaw<(Choice & { kind: "building" | "team" })[]>`
    select 'building' as kind, b.id, b.name from building b where b.district_id = current_district()
    union all select 'team', t.id, t.name from team t where t.district_id = current_district()
    order by 1, 3`;
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id, name }) => ({ id, name }));
  return { buildings: of("building"), teams: of("team") };
}

export type CaseChoices = { buildings: Choice[]; teams: TeamChoice[]; people: PersonChoice[] };

/**
 * What the form of a case offers: buildings, teams with their leaders, people who can be manager or be assigned. Whoever holds a
 * place in `keep` already stays in the list even when they've been disabled, so that saving doesn't drop them unseen.
 */
export async function listCaseChoices(tx: DistrictTx, keep: readonly string[] = []): Promise<CaseChoices> {
  const { buildings } = await listFilterChoices(tx);
  const teams = await tx.$queryRaw<TeamChoice[]>`
    select t.id, t.name, l.name as leader from team t left join membership l on l.district_id = t.district_id and l.id = t.leader_id
    where t.district_id = current_district() order by t.name`;
  const people = await tx.$queryRaw<PersonChoice[]>`
    select m.id, m.name || case when m.disabled_at is null then '' else ' (disabled)' end as name, 'manageCases' = any (m.permissions) as "seesAll" from membership m
    where m.district_id = current_district() and (m.disabled_at is null or m.id = any (${[...keep]}::uuid[])) order by m.name, m.id`;
  return { buildings, teams, people };
}
