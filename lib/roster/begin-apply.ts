import type { Doors } from "@/lib/db/types";
import { mostAttempts } from "@/lib/roster/check-import";

/** Counts the beginning of an applying, in a statement of its own: a process that dies each time isn't let try for ever. */
export async function beginApply(
  doors: Doors,
  { importId }: { importId: string },
): Promise<"begun" | "cut-off" | "gone"> {
  const [row] = await doors.district(
    (tx) => tx.$queryRaw<{ attempt: number }[]>`
      update roster_import set attempt = attempt + 1, begun_at = now()
      where district_id = ${doors.actor.districtId}::uuid and id = ${importId}::uuid and status = 'applying' returning attempt`,
  );
  if (!row) return "gone";
  return row.attempt > mostAttempts ? "cut-off" : "begun";
}
