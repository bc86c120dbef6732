import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

export type MemberOption = { id: string; name: string; username: string };

/** The district's users who aren't disabled, for choosing one: a leader, a case manager, whom a case is assigned to. */
export function listMemberOptions(tx: DistrictTx, actor: Actor): Promise<MemberOption[]> {
  return tx.membership.findMany({
    where: { districtId: actor.districtId, disabledAt: null },
    select: { id: true, name: true, username: true },
    orderBy: [{ name: "asc" }, { username: "asc" }],
  });
}
