import { audit } from "@/lib/audit";
import type { ConfirmedProposal } from "@/lib/cases/destroy-cases";
import type { DistrictTx } from "@/lib/db/types";
import { log } from "@/lib/log";
import type { Actor } from "@/lib/policy";
import { deleteFiles } from "@/lib/storage/files";

export type Certificate = { id: string; number: string; studentId: string };

type Gone = {
  id: string;
  studentId: string;
  fileId: string;
  type: string;
  datedOn: string | null;
  size: number;
  sha256: string;
};

/**
 * Destroys documents whose rows the caller's transaction holds: the rows, their files' rows and with them the keys, and writes a
 * certificate per student. The objects' names go on the worker's list with it; give them to `deleteObjects` once it's committed.
 */
export async function destroyDocuments(
  tx: DistrictTx,
  actor: Actor,
  input: {
    documentIds: readonly string[];
    reason: string;
    transferId: string | null;
    /** Where two people destroy what is due; its records then say so. */
    proposal?: ConfirmedProposal;
  },
): Promise<{ certificates: Certificate[]; storageKeys: string[] }> {
  const { proposal } = input;
  const gone = await tx.$queryRaw<Gone[]>`
    delete from document d using stored_file f
    where d.district_id = current_district() and d.id = any (${[...input.documentIds]}::uuid[]) and f.district_id = d.district_id and f.id = d.file_id
    returning d.id, d.student_id as "studentId", d.file_id as "fileId", d.type, d.dated_on::text as "datedOn", f.size::float8 as size, encode(f.sha256, 'hex') as sha256`;
  const files = await tx.$queryRaw<{ storageKey: string }[]>`
    delete from stored_file f where f.district_id = current_district() and f.id = any (${gone.map((row) => row.fileId)}::uuid[])
      and not exists (select 1 from document d where d.district_id = f.district_id and d.file_id = f.id)
      and not exists (select 1 from attachment a where a.district_id = f.district_id and a.file_id = f.id)
    returning f.storage_key as "storageKey"`;
  const storageKeys = files.map((row) => row.storageKey);
  await tx.$queryRaw`select doom_objects(${storageKeys}::text[])::text`;

  const students = [...new Set(gone.map((row) => row.studentId))];
  const sheets = students.map((studentId) => ({
    student_id: studentId,
    items: gone
      .filter((row) => row.studentId === studentId)
      .map(({ id, type, datedOn, size, sha256 }) => ({ documentId: id, type, datedOn, size, sha256 })),
  }));
  const certificates = await tx.$queryRaw<Certificate[]>`
    with x as (select row_number() over () n, s.student_id, s.items from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb) s (student_id uuid, items jsonb)),
    k as (select number, row_number() over () n from next_purge_numbers(${sheets.length}::int) number)
    insert into purge_certificate (district_id, number, student_id, transfer_id, purged_by, purged_by_name, reason, notice, proposal_id, proposed_by_name, items)
    select current_district(), k.number, x.student_id, ${input.transferId}::uuid, ${actor.membershipId}::uuid, ${actor.name}, ${input.reason},
      ${proposal?.notice ?? null}, ${proposal?.id ?? null}::uuid, ${proposal?.proposedBy ?? null}, x.items from x join k on k.n = x.n
    returning id, number, student_id as "studentId"`;
  if (proposal)
    await tx.$executeRaw`
      update purge_proposal_item i set outcome = 'destroyed', certificate_id = z.id
      from purge_certificate z cross join lateral jsonb_to_recordset(z.items) y ("documentId" uuid)
      where z.district_id = current_district() and z.id = any (${certificates.map((one) => one.id)}::uuid[])
        and i.district_id = z.district_id and i.proposal_id = ${proposal.id}::uuid and i.subject_id = y."documentId"`;
  for (const row of gone) {
    audit(tx, {
      action: "document.purge",
      subject: "document",
      subjectId: row.id,
      detail: { certificate: certificates.find((one) => one.studentId === row.studentId)?.number ?? null },
    });
  }
  return { certificates, storageKeys };
}

/** Deletes the objects of a committed purge. If the storage doesn't answer, the worker does it: their keys are gone already. */
export async function deleteObjects(storageKeys: readonly string[]): Promise<void> {
  try {
    await deleteFiles(storageKeys);
  } catch (err) {
    log.error({ err, objects: storageKeys.length }, "purge: left to the worker");
  }
}
