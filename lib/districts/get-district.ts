import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/** A district as the directory has it, for everybody's eyes. */
export type DistrictView = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  domain: string | null;
  tenant: boolean;
  caseTransfersOn: boolean;
  /** **Disable District-to-District Transfer** is on: no documents come or go. */
  documentsOff: boolean;
};

/** The actor's own row of the directory, or another district's by its id. Throws `not-there`. */
export async function getDistrict(tx: DistrictTx, actor: Actor, id: string = actor.districtId): Promise<DistrictView> {
  const row = await tx.district.findUnique({ where: { id }, omit: { search: true } });
  if (!row) throw new DomainError("not-there");
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    stateName: stateName(row.state),
    ncesId: row.ncesId,
    city: row.city,
    domain: row.domain,
    tenant: row.slug !== null,
    caseTransfersOn: row.caseTransfersOn,
    documentsOff: row.documentsOff,
  };
}
