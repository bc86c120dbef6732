import { type Choice, listFilterChoices } from "@/lib/cases/case-choices";
import { type CaseFilter, plainCaseFilter } from "@/lib/cases/case-filter";
import { closeSearches } from "@/lib/cases/close-searches";
import { type CaseList, hasCases, listCases } from "@/lib/cases/list-cases";
import type { DistrictTx } from "@/lib/db/types";
import { type Actor, may } from "@/lib/policy";

export type CasesPage = {
  list: CaseList;
  buildings: Choice[];
  teams: Choice[];
  /** Without a hit: searches with a close spelling that do find something. */
  close: string[];
  /** Without a hit: how many cases match the words alone, whatever the filters. */
  matchElsewhere: number;
  /** Whether the actor sees any case at all. */
  any: boolean;
  canManage: boolean;
  /** Whether the district's own switch lets cases travel. */
  switchOn: boolean;
};

/** Everything that the list of cases shows. No audit: a list or a search isn't an opening. */
export async function getCasesPage(tx: DistrictTx, actor: Actor, filter: CaseFilter): Promise<CasesPage> {
  const list = await listCases(tx, actor, filter);
  const choices = await listFilterChoices(tx);
  const [district] = await tx.$queryRaw<
    { on: boolean }[]
  >`select d.case_transfers_on as on from district d where d.id = current_district()`;
  const page = {
    list,
    ...choices,
    close: [],
    matchElsewhere: 0,
    any: true,
    canManage: may(actor, "manageCases"),
    switchOn: district?.on ?? false,
  };
  if (list.total > 0) return page;
  const widest = { ...plainCaseFilter, q: filter.q, status: "all" } as const;
  return {
    ...page,
    any: await hasCases(tx, actor),
    matchElsewhere: (await listCases(tx, actor, widest)).total,
    close: filter.q ? await closeSearches(tx, actor, { ...filter, page: 1 }) : [],
  };
}
