import { audit } from "@/lib/audit";
import type { DistrictTx, Doors } from "@/lib/db/types";
import { type BasisStatement, demandStatement, nothingStated, stateBasis } from "@/lib/disclosures/state-basis";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";
import { outboxAll } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";
import { noteAnswer } from "@/lib/requests/note-answer";
import { keys } from "@/lib/storage/keys";
import { demandSendable } from "@/lib/transfers/demand-sendable";
import { mostBytes, mostDistricts, sealAtOnceBytes } from "@/lib/transfers/limits";
import { sealTransfer } from "@/lib/transfers/seal-transfer";

export type LegalBasis = "enrollment" | "consent" | "emergency";
export type SendInput = {
  dispatchId: string;
  receiverIds: readonly string[];
  /** At most 10,000 characters; they travel sealed. */
  notes: string;
  legalBasis: LegalBasis;
  /** What stands behind it: threat, consent, parent notice. */
  statement?: BasisStatement;
  spokeWith: string | null;
  /** YYYY-MM-DD */
  spokeOn: string | null;
};

/**
 * Sends a drafted dispatch: one transfer per destination, all or (where one of them can't receive) none. The cases are claimed in one
 * transaction; sealing comes after it, at once for small packages. Called again for the same dispatch it does nothing twice.
 * Throws `forbidden`, `not-there`, `nothing-chosen`, `no-district`, `too-many-districts`, `threat-missing`, `too-large`, `files-blocked`, `own-switch-off`, `other-switch-off`, `not-on-baton`, `all-held-back`.
 */
export async function sendCases(doors: Doors, input: SendInput): Promise<{ transferIds: string[] }> {
  demand(doors.actor, "manageCases");
  const receivers = [...new Set(input.receiverIds)];
  demandStatement(input.legalBasis, input.statement ?? nothingStated);
  if (receivers.length === 0) throw new DomainError("no-district");
  if (receivers.length > mostDistricts) throw new DomainError("too-many-districts", { limit: mostDistricts });
  const claimed = await doors.district((tx) => claim(tx, doors.actor, { ...input, receiverIds: receivers }));
  for (const transferId of sealedHere(claimed)) {
    try {
      await sealTransfer(doors, { transferId });
    } catch (error) {
      // The cases are claimed and the transfer is there: the worker tries again, and fails it with a reason where an attachment can't be read.
      log.error({ err: error, transferId }, "sealing");
    }
  }
  return { transferIds: claimed.map((one) => one.transferId) };
}

async function claim(
  tx: DistrictTx,
  actor: Actor,
  input: SendInput,
): Promise<{ transferId: string; totalBytes: number }[]> {
  // Before the draft, as whoever destroys records takes them: they are waited for, and what is then left travels.
  await tx.$queryRaw`
    select 1 from "case" c where c.district_id = ${actor.districtId}::uuid and c.id in (
      select x.case_id from dispatch_case x where x.district_id = ${actor.districtId}::uuid and x.dispatch_id = ${input.dispatchId}::uuid) order by c.id for key share`;
  const [size] = await tx.$queryRaw<
    { bytes: bigint; sent: boolean; cases: boolean; infected: number; unscanned: number; failed: number }[]
  >`
    select d.sent_at is not null sent, exists (select 1 from dispatch_case c where c.district_id = d.district_id and c.dispatch_id = d.id) cases, files.*
    from dispatch d cross join lateral (
      select coalesce(sum(f.size), 0)::bigint bytes, count(*) filter (where f.scan = 'infected')::int infected, count(*) filter (where f.scan = 'none')::int unscanned, count(*) filter (where f.scan = 'failed')::int failed from dispatch_case dc
      join attachment a on a.district_id = dc.district_id and a.case_id = dc.case_id join stored_file f on f.district_id = a.district_id and f.id = a.file_id
      where dc.district_id = d.district_id and dc.dispatch_id = d.id) files
    where d.id = ${input.dispatchId}::uuid and d.created_by = ${actor.membershipId}::uuid`;
  if (!size) throw new DomainError("not-there");
  if (!size.sent && !size.cases) throw new DomainError("nothing-chosen");
  if (Number(size.bytes) > mostBytes) throw new DomainError("too-large", { limitBytes: mostBytes });
  if (!size.sent) demandSendable(size);
  let first = !size.sent;
  if (first) {
    // Who clicks twice waits here for the first click, and then finds it sent.
    const { count } = await tx.dispatch.updateMany({
      where: { id: input.dispatchId, sentAt: null },
      data: {
        notesSealed: new Uint8Array(
          keys().wrapForDistrict(actor.districtId, Buffer.from(input.notes), notesBound(input.dispatchId)),
        ),
      },
    });
    first = count > 0;
  }
  const rows = await tx.$queryRaw<
    { o_receiver: string; o_transfer: string | null; o_problem: string | null; name: string | null }[]
  >`
    select x.*, d.name from exchange_claim(${input.dispatchId}::uuid, ${[...input.receiverIds]}::uuid[], ${input.legalBasis}, ${input.spokeWith}, ${input.spokeOn}::date) x
    left join district d on d.id = x.o_receiver order by d.name, x.o_receiver`;
  const transferIds = rows.flatMap((row) => row.o_transfer ?? []);
  if (transferIds.length === 0) throw refusal(rows);
  if (first) {
    await stateBasis(tx, actor, transferIds, input.statement ?? nothingStated);
    for (const transferId of transferIds)
      audit(tx, { action: "transfer.send", subject: "transfer", subjectId: transferId });
    const sent = await tx.dispatchCase.findMany({ where: { dispatchId: input.dispatchId }, select: { caseId: true } });
    for (const { caseId } of sent)
      audit(tx, { action: "case.send", subject: "case", subjectId: caseId, detail: { dispatch: input.dispatchId } });
    await answerRequest(tx, input.dispatchId);
  }
  const transfers = await tx.transfer.findMany({
    where: { id: { in: transferIds } },
    select: { id: true, totalBytes: true },
  });
  const bytesOf = new Map(transfers.map((one) => [one.id, Number(one.totalBytes)]));
  const claimed = transferIds.map((transferId) => ({ transferId, totalBytes: bytesOf.get(transferId) ?? 0 }));
  if (first) {
    // The worker starts at once with what is too much to wait for, and after a minute with what this process didn't live to seal.
    const waits = sealedHere(claimed);
    await outboxAll(
      tx,
      "seal",
      claimed.map(({ transferId }) => ({
        job: { districtId: actor.districtId, transferId },
        startAfterSeconds: waits.has(transferId) ? 60 : 0,
      })),
    );
  }
  return claimed;
}

/** Where the dispatch was drafted from a record request, the transfer to the asking district answers it. */
async function answerRequest(tx: DistrictTx, dispatchId: string): Promise<void> {
  const [row] = await tx.$queryRaw<
    [{ requestId: string | null }]
  >`select exchange_answer_with_cases(${dispatchId}::uuid) "requestId"`;
  if (!row.requestId) return;
  const transfer = await tx.transfer.findFirst({
    where: { dispatchId, requestId: row.requestId },
    select: { id: true, receivingDistrictId: true },
  });
  if (transfer)
    await noteAnswer(tx, {
      requestId: row.requestId,
      transferId: transfer.id,
      askingDistrictId: transfer.receivingDistrictId,
    });
}

/** Those of the claimed transfers that are small enough, together, to be sealed while the sender waits. */
function sealedHere(claimed: readonly { transferId: string; totalBytes: number }[]): Set<string> {
  let bytes = 0;
  return new Set(
    claimed.filter(({ totalBytes }) => (bytes += totalBytes) <= sealAtOnceBytes).map((one) => one.transferId),
  );
}

/** What the notes of a dispatch are bound to while they wait, wrapped for the sending district. */
export const notesBound = (dispatchId: string): Buffer => Buffer.from(`dispatch notes ${dispatchId}`);

function refusal(rows: { o_problem: string | null; name: string | null }[]): DomainError {
  const row =
    rows.find((one) => one.o_problem === "off_here") ??
    rows.find((one) => one.o_problem !== null && one.o_problem !== "nothing") ??
    rows[0];
  const district = row?.name ?? "That district";
  switch (row?.o_problem) {
    case "off_here":
      return new DomainError("own-switch-off");
    case "off_there":
      return new DomainError("other-switch-off", { district });
    case "unknown":
      return new DomainError("not-on-baton", { district });
    case "nothing":
      return new DomainError("all-held-back", { district });
    default:
      return new DomainError("not-there");
  }
}
