import { systemJobs } from "@/lib/db/system";
import { env } from "@/lib/env";
import { appendHeads, type HeadOf, signHead } from "@/lib/jobs/audit-heads";
import { log } from "@/lib/log";

/** What this process kept last of each chain. The database isn't asked: whoever can write there could say that all is kept. */
const keptHere = new Map<string, bigint>();

/**
 * Keeps the heads of the chains that moved since this process last did, in AUDIT_HEAD_FILE, or in the log where that isn't set; after a
 * start those of all chains. Returns how many. Throws where the file can't be written.
 */
export async function keepAuditHeads(): Promise<number> {
  const heads = await systemJobs(
    (tx) => tx.$queryRaw<HeadOf[]>`
      select h.district_id "districtId", h.seq, encode(h.hash, 'hex') hash from audit_head h where h.seq > 0 order by h.district_id`,
  );
  const moved = heads.filter((head) => keptHere.get(head.districtId) !== head.seq);
  if (moved.length === 0) return 0;
  const now = new Date();
  const signed = moved.map((head) => signHead(head, now));
  const file = env().AUDIT_HEAD_FILE;
  if (file) await appendHeads(file, signed);
  else for (const auditHead of signed) log.info({ auditHead }, "audit head");
  for (const { districtId, seq } of moved) keptHere.set(districtId, seq);
  return moved.length;
}
