import { systemJobs } from "@/lib/db/system";
import { withDistrict } from "@/lib/db/tenant";
import { workerOf } from "@/lib/policy";

/** As many as take well under a second. */
const lot = 2_000;

/** Brings the search words of cases up to date whose building, team or person has a new name. Returns how many. */
export async function refillCases(): Promise<number> {
  const districts = await systemJobs(
    (tx) => tx.$queryRaw<{ id: string }[]>`select distinct d.district_id id from case_due d limit 100`,
  );
  let filled = 0;
  for (const { id } of districts) {
    for (let count = lot; count > 0; filled += count) count = await refillLot(id);
  }
  return filled;
}

function refillLot(districtId: string): Promise<number> {
  return withDistrict(
    workerOf(districtId),
    (tx) => tx.$executeRaw`
      with due as (delete from case_due d where d.district_id = current_district()
        and d.case_id in (select x.case_id from case_due x where x.district_id = current_district() order by x.case_id limit ${lot}::int for update skip locked) returning d.case_id)
      update "case" c set search = ' ' || case_text(c), person_sort = case_person_sort(c)
      from due where c.district_id = current_district() and c.id = due.case_id`,
  );
}
