import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { filesAreScanned } from "@/lib/storage/scan-state";
import { mostBytes } from "@/lib/transfers/limits";

export type DispatchCase = {
  id: string;
  number: string;
  given: string;
  family: string;
  attachments: number;
  bytes: number;
  /** Attachments that can't be sent: a virus was found in them, they couldn't be scanned, or the scan is still to come. */
  infectedFiles: number;
  failedFiles: number;
  waitingFiles: number;
  /** From where it came, where it was received: sending it on is a redisclosure (34 CFR 99.33). */
  receivedFrom: string | null;
  /** Open transfers that it waits in already; it stays out of a new one to the same district. */
  waiting: { districtId: string; district: string; transferId: string; reference: string }[];
};
export type Dispatch = {
  id: string;
  /** The list's query string, to go back to. */
  listQuery: string;
  cases: DispatchCase[];
  bytes: number;
  tooLarge: boolean;
  /** Whether the own district's switch is on. */
  switchOn: boolean;
  /** The record request that it is to answer. */
  answers: { reference: string; districtId: string; legalBasis: string } | null;
  /** Once sent: its transfers. */
  sent: { transferId: string; district: string }[] | null;
};

/** A drafted or sent dispatch of the actor's own: what will travel, what stays and why. Throws `forbidden`, `not-there`. */
export async function getDispatch(tx: DistrictTx, actor: Actor, input: { dispatchId: string }): Promise<Dispatch> {
  demand(actor, "manageCases");
  const dispatch = await tx.dispatch.findFirst({
    where: { id: input.dispatchId, createdBy: actor.membershipId as string },
  });
  if (!dispatch) throw new DomainError("not-there");
  const cases = await tx.$queryRaw<(Omit<DispatchCase, "bytes"> & { bytes: bigint })[]>`
    select c.id, c.number, coalesce(s.given_name, p.given_name) given, coalesce(s.family_name, p.family_name) family, o.name "receivedFrom",
      (select count(*)::int from attachment a where a.district_id = c.district_id and a.case_id = c.id) attachments,
      files.bytes, files.infected "infectedFiles", files.failed "failedFiles", files.waiting "waitingFiles",
      coalesce((select json_agg(json_build_object('districtId', d.id, 'district', d.name, 'transferId', t.id, 'reference', t.reference))
        from transfer_case w join transfer t on t.id = w.transfer_id join district d on d.id = w.receiving_district_id
        where w.district_id = c.district_id and w.case_id = c.id and w.open and t.dispatch_id <> ${dispatch.id}::uuid), '[]') waiting
    from dispatch_case x join "case" c on c.district_id = x.district_id and c.id = x.case_id
    left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join person p on p.district_id = c.district_id and p.id = c.person_id
    left join district o on o.id = c.origin_district_id
    cross join lateral (select coalesce(sum(f.size), 0)::bigint bytes, count(*) filter (where f.scan = 'infected')::int infected, count(*) filter (where f.scan = 'failed' and ${filesAreScanned()})::int failed, count(*) filter (where f.scan = 'none' and ${filesAreScanned()})::int waiting
      from attachment a join stored_file f on f.district_id = a.district_id and f.id = a.file_id where a.district_id = c.district_id and a.case_id = c.id) files
    where x.dispatch_id = ${dispatch.id}::uuid order by c.person_sort, c.number`;
  const sent = await tx.$queryRaw<{ transferId: string; district: string }[]>`
    select t.id "transferId", d.name district from transfer t join district d on d.id = t.receiving_district_id where t.dispatch_id = ${dispatch.id}::uuid order by d.name, d.id`;
  const own = await tx.district.findUniqueOrThrow({
    where: { id: actor.districtId },
    select: { caseTransfersOn: true },
  });
  const request =
    dispatch.requestId &&
    (await tx.recordRequest.findUnique({
      where: { id: dispatch.requestId, status: "open" },
      select: { reference: true, requestingDistrictId: true, legalBasis: true },
    }));
  const bytes = cases.reduce((sum, one) => sum + Number(one.bytes), 0);
  return {
    id: dispatch.id,
    listQuery: dispatch.listQuery,
    cases: cases.map((one) => ({ ...one, bytes: Number(one.bytes) })),
    bytes,
    tooLarge: bytes > mostBytes,
    switchOn: own.caseTransfersOn,
    answers: request
      ? { reference: request.reference, districtId: request.requestingDistrictId, legalBasis: request.legalBasis }
      : null,
    sent: dispatch.sentAt ? sent : null,
  };
}
