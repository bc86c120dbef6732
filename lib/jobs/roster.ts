import { doorsFor } from "@/lib/db/exchange";
import { withDistrictPatiently } from "@/lib/db/tenant";
import type { DistrictTx } from "@/lib/db/types";
import { log } from "@/lib/log";
import type { Jobs } from "@/lib/outbox";
import { type Actor, workerOf } from "@/lib/policy";
import { applyImport } from "@/lib/roster/apply-import";
import { beginApply } from "@/lib/roster/begin-apply";
import { checkImport } from "@/lib/roster/check-import";
import { requestApply } from "@/lib/roster/decide-import";
import { failImport } from "@/lib/roster/fail-import";
import { findClean } from "@/lib/roster/find-clean";
import { deleteFiles } from "@/lib/storage/files";

/** The worker, keeping a district's roster. */
export const rosterKeeper = (districtId: string): Actor => ({
  ...workerOf(districtId),
  permissions: new Set(["manageDistrict"]),
});

/** Checks an import, or applies it. One that was picked up from the folder, and that nobody has to look at, is applied at once. */
export async function roster({ districtId, importId, step }: Jobs["roster"]): Promise<void> {
  const actor = rosterKeeper(districtId);
  const doors = doorsFor(actor);
  const patiently = <T>(run: (tx: DistrictTx) => Promise<T>) => withDistrictPatiently(actor, run);
  if (step === "check") {
    const status = await checkImport(doors, patiently, { importId });
    log.info({ districtId, importId, status }, "roster checked");
    if (status === "ready") {
      await doors.district(async (tx) => {
        if (await findClean(tx, actor, importId)) await requestApply(tx, actor, { importId, confirmed: false });
      });
    }
    return;
  }
  const begun = await beginApply(doors, { importId });
  if (begun === "gone") return;
  if (begun === "cut-off") {
    await failImport(doors, { importId, code: "cut-off", detail: null });
    return;
  }
  try {
    const storageKey = await patiently((tx) => applyImport(tx, actor, { importId }));
    if (storageKey) await deleteFiles([storageKey]);
  } catch (error) {
    // Two students of one number: the roster isn't any more what the dry run saw. It won't be by trying again.
    if (!isTaken(error)) throw error;
    await failImport(doors, { importId, code: "changed-meanwhile", detail: null });
  }
}

/** A unique key that somebody has (PostgreSQL 23505), as Prisma hands it on. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && /\b23505\b/.test(`${error.message} ${JSON.stringify(error)}`);
}
