import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/** Throws `bad-value` unless the id is nobody's (null) or that of a member of the district who isn't disabled. */
export async function demandLeader(tx: DistrictTx, actor: Actor, leaderId: string | null): Promise<void> {
  if (leaderId === null) return;
  const found = await tx.membership.count({ where: { districtId: actor.districtId, id: leaderId, disabledAt: null } });
  if (found === 0) throw new DomainError("bad-value", { field: "leaderId" });
}
