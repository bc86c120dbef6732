import { audit } from "@/lib/audit";
import type { DistrictTx, Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";
import { endImport } from "@/lib/roster/end-import";
import { deleteFiles } from "@/lib/storage/files";

/**
 * Has the worker apply a checked import. `confirmed`: who decides has ticked what a held one means.
 * Throws `forbidden`, `roster-unconfirmed`, `roster-decided`.
 */
export async function requestApply(
  tx: DistrictTx,
  actor: Actor,
  input: { importId: string; confirmed: boolean },
): Promise<void> {
  demand(actor, "manageDistrict");
  const decided = await tx.$executeRaw`
    update roster_import set status = 'applying', attempt = 0, begun_at = now(), decided_by = ${actor.membershipId}::uuid, decided_by_name = ${actor.name}, decided_at = now()
    where district_id = ${actor.districtId}::uuid and id = ${input.importId}::uuid and (status = 'ready' or (status = 'held' and ${input.confirmed}))`;
  if (decided === 0) {
    const found = await tx.rosterImport.findUnique({
      where: { districtId_id: { districtId: actor.districtId, id: input.importId } },
      select: { status: true },
    });
    if (!found) throw new DomainError("not-there");
    throw found.status === "held"
      ? new DomainError("roster-unconfirmed", { field: "confirmed" })
      : new DomainError("roster-decided");
  }
  await outbox(tx, "roster", { districtId: actor.districtId, importId: input.importId, step: "apply" });
  audit(tx, { action: "roster.decide", detail: { import: input.importId, confirmed: input.confirmed } });
}

/** Puts an import away, checked or still being checked; the roster is as before. Throws `forbidden`, `roster-decided`, `not-there`. */
export async function discardImport(doors: Doors, { importId }: { importId: string }): Promise<void> {
  const { actor } = doors;
  demand(actor, "manageDistrict");
  const storageKey = await doors.district(async (tx) => {
    const discarded = await tx.$executeRaw`
      update roster_import set status = 'discarded', decided_by = ${actor.membershipId}::uuid, decided_by_name = ${actor.name}, decided_at = now()
      where district_id = ${actor.districtId}::uuid and id = ${importId}::uuid and status in ('checking', 'ready', 'held')`;
    if (discarded === 0) {
      const found = await tx.rosterImport.count({ where: { districtId: actor.districtId, id: importId } });
      throw new DomainError(found === 0 ? "not-there" : "roster-decided");
    }
    audit(tx, { action: "roster.discard", detail: { import: importId } });
    return endImport(tx, actor, importId);
  });
  if (storageKey) await deleteFiles([storageKey]);
}
