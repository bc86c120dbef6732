import { audit } from "@/lib/audit";
import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { openQuarantine } from "@/lib/documents/quarantine";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { workerOf } from "@/lib/policy";
import { ping, ScannerDown } from "@/lib/storage/clamd";
import { type StoredAddress, unwrapAddress } from "@/lib/storage/file-address";
import { mapLimit } from "@/lib/storage/map-limit";
import { type Scanned, scanFile } from "@/lib/storage/scan-file";

const atOnce = 4;
const inBatch = 100;
const workMilliseconds = 30_000;
const putOffMilliseconds = 15 * 60_000;

type Unscanned = StoredAddress & { id: string; districtId: string };
type Verdict = { file: Unscanned; scanned: Scanned | { scan: "failed" } };

/**
 * Files that clamd gave no verdict on although it's there (too large for it, damaged, gone), and until when they aren't tried again. Their
 * rows say `failed`; that this process forgets it at its end costs one try of each.
 */
const putOff = new Map<string, number>();

/**
 * Scans what waits for it: uploaded while the scanner was down, or before there was one, or sent by a district without one. For half a
 * minute at a time. What gets no verdict is `failed`, and tried again now and then. Nothing where CLAMD_URL isn't set or doesn't answer.
 * Returns how many got a verdict.
 */
export async function scanFiles(): Promise<number> {
  const { CLAMD_URL } = env();
  if (CLAMD_URL === undefined) return 0;
  const end = Date.now() + workMilliseconds;
  let count = 0;
  while (Date.now() < end) {
    for (const [id, until] of putOff) if (until < Date.now()) putOff.delete(id);
    const files = await listUnscanned([...putOff.keys()]);
    if (files.length === 0 || !(await answers(CLAMD_URL))) break;
    const verdicts: Verdict[] = [];
    const without: Unscanned[] = [];
    await mapLimit(files, atOnce, async (file) => {
      if (Date.now() >= end) return;
      const scanned = await scanOne(file);
      if (scanned.scan === "none") without.push(file);
      else verdicts.push({ file, scanned });
    });
    const down = without.length > 0 && !(await answers(CLAMD_URL));
    const failed = down ? [] : without.map((file): Verdict => ({ file, scanned: { scan: "failed" } }));
    const districts = Map.groupBy([...verdicts, ...failed], ({ file }) => file.districtId);
    await mapLimit([...districts], 2, ([districtId, own]) => keepVerdicts(districtId, own));
    count += verdicts.length;
    if (down) break;
    for (const file of without) putOff.set(file.id, Date.now() + putOffMilliseconds);
  }
  return count;
}

function listUnscanned(without: readonly string[]): Promise<Unscanned[]> {
  return systemJobs(
    (tx) => tx.$queryRaw<Unscanned[]>`
      select f.id, f.district_id "districtId", f.storage_key "storageKey", f.key_wrapped "keyWrapped" from stored_file f
      where f.scan in ('none', 'failed') and f.media_type <> 'application/zip' and f.id <> all (${[...without]}::uuid[])
      order by f.created_at, f.id limit ${inBatch}`,
  );
}

async function answers(address: string): Promise<boolean> {
  try {
    await ping(address);
    return true;
  } catch (error) {
    if (!(error instanceof ScannerDown)) throw error;
    log.warn({ why: error.message }, "the virus scanner doesn't answer");
    return false;
  }
}

async function scanOne(file: Unscanned): Promise<Scanned> {
  try {
    return await scanFile(unwrapAddress(file.districtId, file));
  } catch (err) {
    // Damaged or gone.
    log.error({ err, file: file.id }, "scan");
    return { scan: "none" };
  }
}

async function keepVerdicts(districtId: string, verdicts: Verdict[]): Promise<void> {
  const virusOf = new Map(
    verdicts.flatMap(({ file, scanned }) => (scanned.scan === "infected" ? [[file.id, scanned.signature]] : [])),
  );
  await doorsFor(workerOf(districtId)).district(async (tx) => {
    const changed = await tx.$queryRaw<{ id: string; scan: string }[]>`
      update stored_file f set scan = x.scan
      from unnest(${verdicts.map(({ file }) => file.id)}::uuid[], ${verdicts.map(({ scanned }) => scanned.scan)}::text[]) x (id, scan)
      where f.district_id = current_district() and f.id = x.id and f.scan in ('none', 'failed') and f.scan <> x.scan returning f.id, f.scan`;
    const infected = changed.filter(({ scan }) => scan === "infected").map(({ id }) => id);
    if (infected.length === 0) return;
    await openQuarantine(tx);
    const found = await tx.$queryRaw<{ subject: "attachment" | "document"; id: string; fileId: string }[]>`
      select 'attachment' subject, a.id, a.file_id "fileId" from attachment a where a.district_id = current_district() and a.file_id = any (${infected}::uuid[])
      union all select 'document', d.id, d.file_id from document d where d.district_id = current_district() and d.file_id = any (${infected}::uuid[])`;
    for (const { subject, id, fileId } of found)
      audit(tx, {
        action: subject === "attachment" ? "attachment.infected" : "document.infected",
        subject,
        subjectId: id,
        detail: { virus: virusOf.get(fileId) ?? "" },
      });
  });
}
