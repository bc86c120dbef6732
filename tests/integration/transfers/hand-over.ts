import { randomUUID } from "node:crypto";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { newCode } from "@/lib/transfers/authorization-code";
import { revealCode } from "@/lib/transfers/codes";
import { decideItem, type ItemDecision } from "@/lib/transfers/decide-items";
import { type SendInput, sendCases } from "@/lib/transfers/send-cases";
import type { TransferStatus } from "@/lib/transfers/state";
import { addCase, doors, type Someone, type TestCase, type TestDistrict, type World } from "../../support/world";

export type Sent = { id: string; code: string; cases: { id: string; number: string }[] };

/** Drafts a dispatch of somebody's chosen cases. */
export async function draft(world: World, actor: Someone, caseIds: readonly string[]): Promise<string> {
  const id = randomUUID();
  await world.sql("insert into dispatch (district_id, id, created_by) values ($1, $2, $3)", [
    actor.districtId,
    id,
    actor.membershipId,
  ]);
  await world.sql("insert into dispatch_case (district_id, dispatch_id, case_id) select $1, $2, unnest($3::uuid[])", [
    actor.districtId,
    id,
    caseIds,
  ]);
  return id;
}

export const sending = (
  dispatchId: string,
  receivers: readonly TestDistrict[],
  own: Partial<SendInput> = {},
): SendInput => ({
  dispatchId,
  receiverIds: receivers.map((one) => one.id),
  notes: "",
  legalBasis: "enrollment",
  spokeWith: null,
  spokeOn: null,
  ...own,
});

/** A pending transfer of fresh cases with its code, from Lakeview to Riverbend unless said otherwise. */
export async function sent(
  world: World,
  about: { cases?: TestCase[]; from?: TestDistrict; to?: TestDistrict; by?: Someone; notes?: string } = {},
): Promise<Sent> {
  const { from = world.lakeview, to = world.riverbend, by = from.manager } = about;
  const cases = await Promise.all((about.cases ?? [{}]).map((one) => addCase(world, from, one)));
  const dispatchId = await draft(
    world,
    by,
    cases.map((one) => one.id),
  );
  const { transferIds } = await sendCases(doors(by), sending(dispatchId, [to], { notes: about.notes ?? "" }));
  const id = transferIds[0] as string;
  return { id, code: await codeOf(by, id), cases };
}

/** A transfer whose package isn't sealed yet, as a killed process leaves it. */
export async function preparing(world: World, cases: TestCase[] = [{}]): Promise<{ id: string; caseIds: string[] }> {
  const { lakeview, riverbend } = world;
  const caseIds = await Promise.all(cases.map(async (one) => (await addCase(world, lakeview, one)).id));
  const dispatchId = await draft(world, lakeview.manager, caseIds);
  const [row] = await doors(lakeview.manager).district(
    (tx) =>
      tx.$queryRaw<
        { o_transfer: string }[]
      >`select o_transfer from exchange_claim(${dispatchId}::uuid, ${[riverbend.id]}::uuid[], 'enrollment', null, null)`,
  );
  return { id: row?.o_transfer as string, caseIds };
}

/** The code that a pending transfer has now. */
export async function codeOf(actor: Someone, transferId: string): Promise<string> {
  const shown = await revealCode(doors(actor), { transferId });
  if (!shown) throw new Error("no code: the transfer is not pending");
  return shown.code;
}

/** A well-formed code that opens nothing. */
export function wrongCode(right: string): string {
  const code = newCode();
  return code === right ? wrongCode(right) : code;
}

/** As `sent`, and opened by the receiving district's case manager. */
export async function unlocked(world: World, about: Parameters<typeof sent>[1] = {}): Promise<Sent> {
  const transfer = await sent(world, about);
  await acceptTransfer(doors((about.to ?? world.riverbend).manager), { transferId: transfer.id, code: transfer.code });
  return transfer;
}

export const decision = (n: number, own: Partial<ItemDecision> = {}): ItemDecision => ({
  n,
  decision: "new",
  studentId: null,
  buildingId: null,
  teamId: null,
  managerId: null,
  reason: null,
  ...own,
});

/** As `unlocked`, and every case decided upon: `Use transfer info` unless said otherwise. */
export async function entered(
  world: World,
  about: Parameters<typeof sent>[1] & { decisions?: ItemDecision[] } = {},
): Promise<Sent> {
  const transfer = await unlocked(world, about);
  const decisions = about.decisions ?? transfer.cases.map((_, i) => decision(i + 1));
  for (const one of decisions) {
    await decideItem(doors((about.to ?? world.riverbend).manager), {
      ...one,
      transferId: transfer.id,
      applyToAll: false,
      sameStudent: true,
    });
  }
  return transfer;
}

/** Puts a transfer's expiry into the past. */
export async function overdue(world: World, transferId: string): Promise<void> {
  await world.sql("update transfer set expires_at = now() - interval '1 second' where id = $1", [transferId]);
}

export async function statusOf(world: World, transferId: string): Promise<TransferStatus> {
  const [row] = await world.sql<{ status: TransferStatus }>("select status from transfer where id = $1", [transferId]);
  return row?.status as TransferStatus;
}

/** What happened to a transfer, in order. */
export async function eventsOf(world: World, transferId: string): Promise<string[]> {
  return (
    await world.sql<{ verb: string }>("select verb from transfer_event where transfer_id = $1 order by at", [
      transferId,
    ])
  ).map((row) => row.verb);
}

/** The actions in a district's audit log about a transfer, in order. */
export async function auditOf(world: World, district: TestDistrict, transferId: string): Promise<string[]> {
  const rows = await world.sql<{ action: string }>(
    "select action from audit where district_id = $1 and subject_id = $2 order by seq",
    [district.id, transferId],
  );
  return rows.map((row) => row.action);
}

/** The mails that a transfer's jobs are to address, as "event → district", sorted. */
export async function mailsOf(world: World, transferId: string): Promise<string[]> {
  const rows = await world.sql<{ event: string; district: string }>(
    `select j.data ->> 'event' event, d.name district from pgboss.job j join district d on d.id = (j.data ->> 'districtId')::uuid
     where j.name = 'notify' and j.data ->> 'transferId' = $1`,
    [transferId],
  );
  return rows.map((row) => `${row.event} → ${row.district}`).sort();
}

/** How many rows of a transfer's package, keys and files are left. */
export async function remainsOf(
  world: World,
  transferId: string,
): Promise<{ items: number; files: number; keys: number }> {
  const [row] = await world.sql<{ items: number; files: number; keys: number }>(
    `select (select count(*)::int from package_item where transfer_id = $1) items, (select count(*)::int from package_file where transfer_id = $1) files,
       (select count(*)::int from transfer_key where transfer_id = $1) keys`,
    [transferId],
  );
  return row as { items: number; files: number; keys: number };
}
