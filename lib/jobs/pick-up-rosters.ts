import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { doorsFor } from "@/lib/db/exchange";
import { systemJobs } from "@/lib/db/system";
import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { rosterKeeper } from "@/lib/jobs/roster";
import { log } from "@/lib/log";
import { discardImport } from "@/lib/roster/decide-import";
import { refusePickedUp } from "@/lib/roster/refuse-picked-up";
import { startImport } from "@/lib/roster/start-import";

/** How a file looked the last time: one that still grows is left alone. By path. */
const looks = new Map<string, string>();

type Found = { id: string; status: string; pickup_mark: string | null };

/**
 * Looks into ROSTER_DIR: takes each district's zip that hasn't changed since the look before, and moves those that were taken to `done`
 * or `failed` beside them. The history of imports is what tells the two apart, so a worker may be killed anywhere in between. Returns
 * how many files were taken.
 */
export async function pickUpRosters(): Promise<number> {
  const root = env().ROSTER_DIR;
  if (!root) return 0;
  const folders = await readdir(root, { withFileTypes: true });
  const slugs = folders.filter((one) => one.isDirectory() && /^[a-z0-9-]+$/.test(one.name)).map((one) => one.name);
  const districts = await systemJobs(
    (tx) =>
      tx.$queryRaw<{ id: string; slug: string }[]>`select id, slug from district where slug = any (${slugs}::text[])`,
  );
  for (const slug of slugs) {
    if (!districts.some((one) => one.slug === slug)) log.warn({ slug }, "a roster folder that is no district's");
  }
  let taken = 0;
  for (const { id, slug } of districts) {
    try {
      taken += await pickUp(id, join(root, slug));
    } catch (err) {
      log.error({ err, districtId: id }, "roster pick-up");
    }
  }
  return taken;
}

async function pickUp(districtId: string, folder: string): Promise<number> {
  let taken = 0;
  const names = (await readdir(folder)).filter((name) => /^[^.].*\.zip$/i.test(name)).sort();
  for (const name of names) {
    const path = join(folder, name);
    const file = await lstat(path).catch(() => null);
    // A link could lead to somebody else's file.
    if (!file?.isFile()) continue;
    const mark = `${name}:${file.size}:${file.mtimeMs}`;
    const before = looks.get(path);
    looks.set(path, mark);
    const known = await findImport(districtId, mark);
    if (known) await moveDecided(path, folder, name, known.status);
    else if (before === mark) taken += (await take(districtId, path, { name, size: file.size, mark })) ? 1 : 0;
  }
  return taken;
}

async function findImport(districtId: string, mark: string): Promise<Found | undefined> {
  const [found] = await doorsFor(rosterKeeper(districtId)).district(
    (tx) => tx.$queryRaw<Found[]>`
      select id, status, pickup_mark from roster_import where district_id = ${districtId}::uuid and pickup_mark = ${mark}`,
  );
  return found;
}

async function moveDecided(path: string, folder: string, name: string, status: string): Promise<void> {
  if (status === "checking") return;
  const target = join(folder, status === "failed" ? "failed" : "done");
  await mkdir(target, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  await rename(path, join(target, `${stamp}-${name}`));
  looks.delete(path);
}

/** Starts an import of the file. An earlier one of the folder that still waits for somebody makes room; any other doesn't. */
async function take(
  districtId: string,
  path: string,
  file: { name: string; size: number; mark: string },
): Promise<boolean> {
  const doors = doorsFor(rosterKeeper(districtId));
  const [before] = await doors.district(
    (tx) => tx.$queryRaw<Found[]>`
      select id, status, pickup_mark from roster_import
      where district_id = ${districtId}::uuid and status in ('checking', 'ready', 'held', 'applying')`,
  );
  if (before && (before.pickup_mark === null || !["ready", "held"].includes(before.status))) return false;
  if (before) await discardImport(doors, { importId: before.id });
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const source = handle.createReadStream({ autoClose: false });
    await startImport(doors, { name: file.name, bytes: file.size, source, pickupMark: file.mark });
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.kind === "roster-busy") return false;
    const { kind, data } = error as DomainError<"roster-refused">;
    if (kind !== "roster-refused" || data.reason === "none") throw error;
    const { reason } = data;
    log.warn({ districtId, reason }, "roster file refused");
    // Before it's moved: killed in between, it's found again, with its place in the history.
    const { name, size: bytes, mark: pickupMark } = file;
    await doors.district((tx) => refusePickedUp(tx, doors.actor, { name, bytes, pickupMark, reason }));
    await moveDecided(path, join(path, ".."), file.name, "failed");
    return false;
  } finally {
    await handle.close();
  }
}
