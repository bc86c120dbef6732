import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import { type Bundle, BundleUnreadable, openBundle } from "@/lib/roster/bundle";
import { compareWithRoster } from "@/lib/roster/compare-with-roster";
import { failImport } from "@/lib/roster/fail-import";
import { findClean } from "@/lib/roster/find-clean";
import { readKnownPeople } from "@/lib/roster/known-people";
import { readBundle } from "@/lib/roster/read-bundle";
import { Overtaken, Staging } from "@/lib/roster/staging";
import { tellPickedUp } from "@/lib/roster/tell-picked-up";
import { type StoredAddress, unwrapAddress } from "@/lib/storage/file-address";
import { readRange } from "@/lib/storage/files";

/** How often a check or an applying is begun; a process that dies each time won't do better the next. */
export const mostAttempts = 5;

/**
 * The dry run: reads the bundle, writes down what it would change and every row that can't be used, and says *ready*, *held* or
 * *failed*. The roster stays as it is. Can be repeated: it begins anew, and whoever was overtaken writes no more. `patiently` is the
 * district's door with more time. Returns the status, or "gone" where there's nothing to check any more. Throws `forbidden`.
 */
export async function checkImport(
  doors: Doors,
  patiently: Doors["district"],
  { importId }: { importId: string },
): Promise<"ready" | "held" | "failed" | "gone"> {
  demand(doors.actor, "manageDistrict");
  const begun = await begin(doors, importId);
  if (!begun) return "gone";
  if (begun.attempt > mostAttempts) return failImport(doors, { importId, code: "cut-off", detail: null });
  try {
    const bundle = await open(doors, begun);
    const { people, schools } = await readKnownPeople(doors);
    const staging = new Staging(doors, importId, begun.attempt);
    const facts = await readBundle(bundle, people, schools, staging);
    const next = await staging.end();
    return await patiently(async (tx) => {
      const result = await compareWithRoster(tx, doors.actor, {
        importId,
        attempt: begun.attempt,
        facts,
        next,
        errors: staging.errors,
        notes: staging.notes,
      });
      audit(tx, { action: "roster.check", detail: { import: importId, ...result } });
      // What nobody has to look at is applied at once; see lib/jobs/roster.
      if (!(await findClean(tx, doors.actor, importId)))
        await tellPickedUp(tx, doors.actor, { importId, event: "roster-waits" });
      return result.status;
    });
  } catch (error) {
    // Whoever discards an import takes its bundle away from under the check.
    if (error instanceof Overtaken || !(await isOurs(doors, importId, begun.attempt))) return "gone";
    if (!(error instanceof BundleUnreadable)) throw error;
    return failImport(doors, { importId, code: error.code, detail: error.detail });
  }
}

type Begun = StoredAddress & { attempt: number; size: bigint };

function begin(doors: Doors, importId: string): Promise<Begun | undefined> {
  const { districtId } = doors.actor;
  return doors.district(async (tx) => {
    const [row] = await tx.$queryRaw<Begun[]>`
      with i as (
        update roster_import set attempt = attempt + 1, begun_at = now(), rows_read = 0
        where district_id = ${districtId}::uuid and id = ${importId}::uuid and status = 'checking' returning attempt, file_id)
      select i.attempt, f.size, f.storage_key "storageKey", f.key_wrapped "keyWrapped" from i join stored_file f on f.district_id = ${districtId}::uuid and f.id = i.file_id`;
    if (!row) return undefined;
    await tx.$executeRaw`delete from roster_row where district_id = ${districtId}::uuid and import_id = ${importId}::uuid`;
    await tx.$executeRaw`delete from roster_problem where district_id = ${districtId}::uuid and import_id = ${importId}::uuid`;
    return row;
  });
}

async function isOurs(doors: Doors, id: string, attempt: number): Promise<boolean> {
  const { districtId } = doors.actor;
  return doors.district(
    async (tx) => (await tx.rosterImport.count({ where: { districtId, id, attempt, status: "checking" } })) > 0,
  );
}

function open(doors: Doors, stored: Begun): Promise<Bundle> {
  const address = unwrapAddress(doors.actor.districtId, stored);
  return openBundle({
    size: Number(stored.size),
    read: async function* (start, length) {
      yield* await readRange({ ...address, start, length });
    },
  });
}
