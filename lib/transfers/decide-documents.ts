import { audit } from "@/lib/audit";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { auditBoth, decide, getParties } from "@/lib/transfers/apply";

type Reasoned = { transferId: string; reason: string };

type ReasonedVerb = "return" | "report" | "recall" | "withdraw";

/**
 * One of the steps that need a reason, which both districts read: the receiver's **Return** of what is held and **Report wrong student**
 * of what was delivered (quarantined at once), the sender's **Recall** (quarantined there at once) and **Withdraw** of what was reported.
 * Exactly one caller succeeds; who did the same before has clicked twice. Throws `forbidden`, `not-there`, `bad-value`, `transfer-moved`.
 */
async function step(doors: Doors, verb: ReasonedVerb, { transferId, reason }: Reasoned): Promise<void> {
  demand(doors.actor, "manageDocuments");
  const why = reason.trim();
  if (!why) throw new DomainError("bad-value", { field: "reason" });
  await doors.exchange(transferId, async (tx) => {
    await demandDocuments(tx, transferId);
    // Whoever delivers at this moment is waited for: what it delivered is then recalled.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${transferId}, 1))::text`;
    await decide(tx, transferId, verb, why);
  });
}

async function demandDocuments(tx: ExchangeTx, transferId: string) {
  const parties = await getParties(tx, transferId);
  if (parties.kind !== "documents") throw new DomainError("not-there");
  return parties;
}

export const returnDocuments = (doors: Doors, input: Reasoned) => step(doors, "return", input);
export const reportDocuments = (doors: Doors, input: Reasoned) => step(doors, "report", input);
export const recallDocuments = (doors: Doors, input: Reasoned) => step(doors, "recall", input);
export const withdrawDocuments = (doors: Doors, input: Reasoned) => step(doors, "withdraw", input);

/**
 * The receiver takes back a quarantine, because it was the right student after all, or what was recalled has to stay: the documents are
 * seen again, and both districts read the reason. Throws `forbidden`, `not-there`, `bad-value`, `transfer-moved` where nothing is in quarantine.
 */
export async function releaseDocuments(doors: Doors, { transferId, reason }: Reasoned): Promise<void> {
  demand(doors.actor, "manageDocuments");
  const why = reason.trim();
  if (!why) throw new DomainError("bad-value", { field: "reason" });
  await doors.exchange(transferId, async (tx) => {
    const parties = await demandDocuments(tx, transferId);
    if (parties.receivingDistrictId !== doors.actor.districtId) throw new DomainError("not-there");
    const [row] = await tx.$queryRaw<[{ count: number }]>`
      select exchange_release_documents(${transferId}::uuid, ${why}) count`;
    if (row.count === 0) {
      const [mine] = await tx.$queryRaw<[{ done: boolean }]>`
        select exists (select 1 from transfer_event e where e.transfer_id = ${transferId}::uuid and e.verb = 'release' and e.district_id = current_district() and e.membership_id = current_member()) done`;
      if (mine.done) return;
      throw new DomainError("transfer-moved");
    }
    auditBoth(tx, transferId, parties, "transfer.release");
    const released = await tx.document.findMany({ where: { originTransferId: transferId }, select: { id: true } });
    for (const { id } of released) audit(tx, { action: "document.release", subject: "document", subjectId: id });
  });
}
