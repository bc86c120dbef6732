import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import type { DomainErrors } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import type { FailureCode } from "@/lib/roster/problem-words";
import { tellPickedUp } from "@/lib/roster/tell-picked-up";
import { safeFileName } from "@/lib/storage/file-name";

type Reason = Exclude<DomainErrors["roster-refused"]["reason"], "none">;

const failures: Record<Reason, { code: FailureCode; detail: string | null }> = {
  empty: { code: "empty-file", detail: "The zip" },
  tooLarge: { code: "too-large", detail: null },
  type: { code: "not-a-zip", detail: null },
  truncated: { code: "changed-while-read", detail: null },
};

/**
 * Notes a file of the pick-up folder that was refused before there was an import of it: as a failed one, so that the history says why, and
 * the district's admins are told. The same file once more changes nothing. Throws `forbidden`.
 */
export async function refusePickedUp(
  tx: DistrictTx,
  actor: Actor,
  input: { name: string; bytes: number; pickupMark: string; reason: Reason },
): Promise<void> {
  demand(actor, "manageDistrict");
  const { name, bytes, pickupMark, reason } = input;
  const importId = randomUUID();
  const { code, detail } = failures[reason];
  const noted = await tx.$executeRaw`
    insert into roster_import (district_id, id, status, file_name, file_bytes, pickup_mark, uploaded_by, uploaded_by_name, failure, failure_detail, checked_at)
    values (${actor.districtId}::uuid, ${importId}::uuid, 'failed', ${safeFileName(name)}, ${bytes}::bigint, ${pickupMark}, ${actor.membershipId}::uuid, ${actor.name},
      ${code}, ${detail}, now())
    on conflict do nothing`;
  if (noted === 0) return;
  audit(tx, { action: "roster.fail", detail: { import: importId, reason: code } });
  await tellPickedUp(tx, actor, { importId, event: "roster-failed" });
}
