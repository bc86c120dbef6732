import type pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { revealCode } from "@/lib/transfers/codes";
import { decideItem } from "@/lib/transfers/decide-items";
import { expireTransfer } from "@/lib/transfers/expire-transfer";
import { getIntake } from "@/lib/transfers/get-intake";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sendCases } from "@/lib/transfers/send-cases";
import type { Random } from "./random";
import { atWork, dayMs, dayOf, daysBefore, workdayOf } from "./time";

/** Who acts for a district, and what its cases may go to when they arrive. */
export type Side = {
  districtId: string;
  manager: Actor;
  admin: Actor;
  /** The service center's person, in this district. */
  service: Actor;
  buildingIds: readonly string[];
  teamIds: readonly string[];
  managerIds: readonly string[];
};

/** When, in days before now. */
type Times = { sent: number; unlocked?: number; decided?: number };
export type Told = { transferId: string; times: Times };
export type Story = {
  to: Side;
  caseIds: readonly string[];
  sender: Actor;
  receiver: Actor;
  notes: string;
  spokeWith: string | null;
  times: Times;
  ends: "pending" | "locked" | "details" | "completed" | "rejected" | "cancelled" | "expired";
  reason?: string;
  /** Leaves the last case out, for this reason. */
  leaveOut?: string;
};

const wrongCode = "0000-0000-0000-0000";

/**
 * Makes transfers in every state from one district to the other by the verbs that people use, so that seals, audit and mails are what they
 * would be. Their times are those of today; `moveBack` puts them where their stories have them.
 */
export async function makeTransfers(owner: pg.Client, stories: readonly Story[], now: Date): Promise<Told[]> {
  const told: Told[] = [];
  for (const story of stories) told.push({ transferId: await tell(owner, story, now), times: story.times });
  return told;
}

/** What happened between two districts in four months. `caseIds`: fifteen cases, the movers' first. */
export function makeStories(random: Random, from: Side, to: Side, caseIds: readonly string[]): Story[] {
  const take = (first: number, count: number) => caseIds.slice(first, first + count);
  const stories: Omit<Story, "to">[] = [
    {
      caseIds: take(14, 1),
      sender: from.manager,
      receiver: to.manager,
      notes:
        "{The family told us that they are moving over the summer.|They have signed a lease with you, the family says.}",
      spokeWith: null,
      times: { sent: 118, decided: 113 },
      ends: "cancelled",
    },
    {
      caseIds: take(13, 1),
      sender: from.manager,
      receiver: to.manager,
      notes: "",
      spokeWith: "The front office",
      times: { sent: 74, decided: 60 },
      ends: "expired",
    },
    {
      caseIds: take(9, 3),
      sender: from.service,
      receiver: to.service,
      notes:
        "{All three start with you on the same day. Happy to sit in on the first meetings.|Three who move within one week. I will call before each first day.}",
      spokeWith: null,
      times: { sent: 47, unlocked: 46, decided: 44 },
      ends: "completed",
      leaveOut:
        "{Moved on before the first day of school; the family asked us not to keep it.|Didn’t enroll with us in the end.}",
    },
    {
      caseIds: take(12, 1),
      sender: from.manager,
      receiver: to.admin,
      notes:
        "{We were told that the family rents in your district from the first of the month.|An aunt of the family lives in your district; they are said to stay with her.}",
      spokeWith: null,
      times: { sent: 26, decided: 24 },
      ends: "rejected",
      reason:
        "{Never enrolled here, and nobody of that family is known to our enrollment office.|Enrolled with a neighboring district in the end; please send it there.}",
    },
    {
      caseIds: take(7, 2),
      sender: from.manager,
      receiver: to.manager,
      notes:
        "{Please read the safety plan first. The outside counselor has a release for talking with you.|The plan is short and works. What doesn’t: changing it in the first two weeks.}",
      spokeWith: to.manager.name,
      times: { sent: 19, unlocked: 18, decided: 18 },
      ends: "completed",
    },
    {
      caseIds: take(3, 4),
      sender: from.manager,
      receiver: to.manager,
      notes:
        "{Four at once, because the housing project is finished and the families move together.|Four who were with us for the summer program and stay with you now.} What works for them stands at the top of each plan.",
      spokeWith: to.manager.name,
      times: { sent: 6, unlocked: 2 },
      ends: "details",
    },
    {
      caseIds: take(2, 1),
      sender: from.manager,
      receiver: to.manager,
      notes:
        "{I can talk through the plan any afternoon this week.|Please call before the first meeting with the family.}",
      spokeWith: null,
      times: { sent: 5 },
      ends: "locked",
    },
    {
      caseIds: take(0, 2),
      sender: from.manager,
      receiver: to.manager,
      notes:
        "{Both start with you on Monday. The morning check-in matters most; please keep it with one person.|They begin next week. Both know that I am writing to you and have read it.}",
      spokeWith: to.manager.name,
      times: { sent: 1 },
      ends: "pending",
    },
  ];
  return stories.map((story) => ({
    ...story,
    to,
    notes: random.say(story.notes),
    ...(story.reason ? { reason: random.say(story.reason) } : {}),
    ...(story.leaveOut ? { leaveOut: random.say(story.leaveOut) } : {}),
  }));
}

async function tell(owner: pg.Client, story: Story, now: Date): Promise<string> {
  const sender = doorsFor(story.sender);
  const receiver = doorsFor(story.receiver);
  const transferId = await send(sender, story, now);
  switch (story.ends) {
    case "cancelled":
      await cancelTransfer(sender, { transferId });
      break;
    case "expired":
      await owner.query("update transfer set expires_at = now() - interval '1 second' where id = $1", [transferId]);
      await expireTransfer(sender, { transferId });
      break;
    case "rejected":
      await rejectTransfer(receiver, { transferId, reason: story.reason ?? "" });
      break;
    case "locked":
      await lock(receiver, transferId);
      break;
    case "details":
    case "completed":
      await accept(sender, receiver, transferId);
      await decide(receiver, transferId, story);
      if (story.ends === "completed") await saveTransfer(receiver, { transferId });
      break;
    case "pending":
      break;
  }
  return transferId;
}

async function send(doors: Doors, story: Story, now: Date): Promise<string> {
  const { dispatchId } = await doors.district((tx) => chooseCases(tx, doors.actor, { caseIds: story.caseIds }, ""));
  const { transferIds } = await sendCases(doors, {
    dispatchId,
    receiverIds: [story.to.districtId],
    notes: story.notes,
    legalBasis: "enrollment",
    spokeWith: story.spokeWith,
    spokeOn: story.spokeWith === null ? null : dayOf(workdayOf(daysBefore(now, story.times.sent))),
  });
  const [transferId] = transferIds;
  if (!transferId) throw new Error("nothing was sent");
  return transferId;
}

async function accept(sender: Doors, receiver: Doors, transferId: string): Promise<void> {
  const shown = await revealCode(sender, { transferId });
  if (!shown) throw new Error("there is no code to show");
  await acceptTransfer(receiver, { transferId, code: shown.code });
}

/** Enters a code that is well-formed and wrong until nothing more is taken. */
async function lock(receiver: Doors, transferId: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    await acceptTransfer(receiver, { transferId, code: wrongCode }).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
  }
}

/** Decides about the cases of an unlocked transfer: the best match where there is one. All of them, or half where it stops at the details. */
async function decide(receiver: Doors, transferId: string, story: Story): Promise<void> {
  const { to } = story;
  const intake = await getIntake(receiver, { transferId });
  const items = story.ends === "details" ? intake.items.slice(0, Math.floor(intake.items.length / 2)) : intake.items;
  for (const [i, { n, matches }] of items.entries()) {
    const best = matches[0]?.comparison.name === "differs" ? undefined : matches[0];
    const leaveOut = story.leaveOut !== undefined && i === items.length - 1;
    await decideItem(receiver, {
      transferId,
      n,
      decision: leaveOut ? "leave" : best ? "link" : "new",
      studentId: leaveOut ? null : (best?.id ?? null),
      buildingId: leaveOut ? null : (best?.buildingId ?? to.buildingIds[i % to.buildingIds.length] ?? null),
      teamId: leaveOut ? null : (to.teamIds[(i + 2) % to.teamIds.length] ?? null),
      managerId: leaveOut ? null : (to.managerIds[i % to.managerIds.length] ?? null),
      reason: leaveOut ? (story.leaveOut ?? null) : null,
      applyToAll: false,
      sameStudent: true,
    });
  }
}

/** Sent a moment ago, as far as the demo goes: its mails are really sent. */
export const isFresh = ({ times }: Told): boolean => times.sent <= 2;

/**
 * Moves what just happened to the days of its story. The audit log stays: it was written today, and its hash chain holds that.
 */
export async function moveBack(
  owner: pg.Client,
  random: Random,
  { transferId, times }: Told,
  timeZone: string,
  now: Date,
): Promise<void> {
  let before = 0;
  const [sent, unlocked, decided] = [times.sent, times.unlocked, times.decided].map((days) => {
    if (days === undefined) return null;
    const at = new Date(Math.max(atWork(random, daysBefore(now, days), timeZone, now).getTime(), before + 40 * 60_000));
    before = at.getTime();
    return at;
  });
  const values = [transferId, sent, unlocked, decided];
  await owner.query(
    `update transfer set created_at = $2, sent_at = $2::timestamptz + interval '4 seconds',
       expires_at = case when status = 'expired' then $4 else $2::timestamptz + interval '14 days' end,
       unlocked_at = case when unlocked_at is not null then $3::timestamptz end, decided_at = case when decided_at is not null then $4::timestamptz end,
       locked_at = case when locked_at is not null then $2::timestamptz + interval '26 hours' end where id = $1`,
    values,
  );
  await owner.query(
    "update dispatch d set created_at = $2, sent_at = $2 from transfer t where t.id = $1 and d.district_id = t.sending_district_id and d.id = t.dispatch_id",
    values.slice(0, 2),
  );
  await owner.query(
    `update transfer_event e set at = case
       when verb = 'seal' then $2::timestamptz + interval '4 seconds'
       when verb in ('wrong-code', 'lock') then $2::timestamptz + interval '25 hours 50 minutes' + (interval '2 minutes' * x.i)
       when verb = 'unlock' then $3::timestamptz
       else $4::timestamptz end
     from (select id, row_number() over (partition by verb in ('wrong-code', 'lock') order by at) i from transfer_event where transfer_id = $1) x
     where e.id = x.id`,
    values,
  );
  // Of what lies back no mail goes out today: they count as sent then.
  if (!isFresh({ transferId, times }))
    await owner.query(
      "delete from pgboss.job j using mail m where m.transfer_id = $1 and j.name = 'deliver' and j.singleton_key = m.id::text",
      [transferId],
    );
  await owner.query(
    `update mail set created_at = x.at, sent_at = x.at + interval '3 seconds', status = 'sent', tries = 1
     from (select id, case when event in ('transfer-sent', 'transfer-received') then $2::timestamptz + interval '4 seconds' when event = 'transfer-locked' then $2::timestamptz + interval '26 hours'
       when event = 'transfer-unlocked' then $3::timestamptz else $4::timestamptz end at from mail where transfer_id = $1) x
     where mail.id = x.id and (status = 'sent' or $5)`,
    [...values, !isFresh({ transferId, times })],
  );
  await owner.query(
    "update intake set decided_at = coalesce($3::timestamptz, $2::timestamptz) where transfer_id = $1",
    [transferId, unlocked, decided],
  );
  await carryOn(owner, random, transferId, decided ?? null, timeZone, now);
}

/** What arrived goes on: the receiving district's own notes, after the received history. */
async function carryOn(
  owner: pg.Client,
  random: Random,
  transferId: string,
  decided: Date | null,
  timeZone: string,
  now: Date,
): Promise<void> {
  if (decided === null) return;
  const { rows } = await owner.query<{ id: string; district_id: string; manager_id: string; manager: string }>(
    `select c.id, c.district_id, m.id manager_id, m.name manager from "case" c join membership m on m.district_id = c.district_id and m.id = c.manager_id where c.origin_transfer_id = $1 order by c.number`,
    [transferId],
  );
  for (const one of rows) {
    const at = atWork(random, new Date(decided.getTime() + random.int(3, 9) * dayMs), timeZone, now);
    await owner.query(
      `update "case" set created_at = $2, received_at = $2, updated_at = $3, version = version + 1 where id = $1`,
      [one.id, decided, at],
    );
    await owner.query(
      "insert into note (district_id, case_id, author_id, author_name, body, written_at) values ($1, $2, $3, $4, $5, $6)",
      [one.district_id, one.id, one.manager_id, one.manager, random.pick(firstNotes), at],
    );
  }
}

const firstNotes = [
  "First meeting with the family here. They brought the old plan along and want to keep what worked. We start with the same check-in, with one new adult.",
  "Called the colleague who wrote the history; twenty minutes that saved us weeks.",
  "First two weeks: quiet. Teachers have the one-page summary. We look at the plan again at the end of the month.",
  "Met the student at the door on the first day, as the plan says. Shown around by a classmate from the same street.",
];
