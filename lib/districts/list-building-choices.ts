import type { DistrictTx } from "@/lib/db/types";

/** The district's buildings by name, for choosing one. */
export function listBuildingChoices(tx: DistrictTx): Promise<{ id: string; name: string }[]> {
  return tx.$queryRaw`select b.id, b.name from building b where b.district_id = current_district() order by b.name, b.id`;
}
