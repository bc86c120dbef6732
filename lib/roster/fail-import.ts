import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { endImport } from "@/lib/roster/end-import";
import type { FailureCode } from "@/lib/roster/problem-words";
import { tellPickedUp } from "@/lib/roster/tell-picked-up";
import { deleteFiles } from "@/lib/storage/files";

/** An import that can't be checked or applied: it stays in the history with the reason, and the roster is as before. */
export async function failImport(
  doors: Doors,
  { importId, code, detail }: { importId: string; code: FailureCode; detail: string | null },
): Promise<"failed" | "gone"> {
  const { districtId } = doors.actor;
  const storageKey = await doors.district(async (tx) => {
    const failed = await tx.$executeRaw`
      update roster_import set status = 'failed', failure = ${code}, failure_detail = ${detail}, checked_at = coalesce(checked_at, now())
      where district_id = ${districtId}::uuid and id = ${importId}::uuid and status in ('checking', 'applying')`;
    if (failed === 0) return undefined;
    audit(tx, { action: "roster.fail", detail: { import: importId, reason: code } });
    await tellPickedUp(tx, doors.actor, { importId, event: "roster-failed" });
    return endImport(tx, doors.actor, importId);
  });
  if (storageKey === undefined) return "gone";
  if (storageKey) await deleteFiles([storageKey]);
  return "failed";
}
