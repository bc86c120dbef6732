import type pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import { type Actor, workerOf } from "@/lib/policy";
import { plainName } from "@/lib/students/compare-identity";
import { chooseDocuments } from "@/lib/transfers/choose-documents";
import { recallDocuments, reportDocuments, returnDocuments, withdrawDocuments } from "@/lib/transfers/decide-documents";
import { deliverDocuments } from "@/lib/transfers/deliver-documents";
import { redoTransfer } from "@/lib/transfers/redo-transfer";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import type { Random } from "./random";
import type { StudentRow } from "./rosters";
import { atWork, daysBefore } from "./time";

/** Who sends and receives for a district, and its roster. */
export type DocumentSide = {
  districtId: string;
  timeZone: string;
  clerk: Actor;
  admin: Actor;
  students: readonly StudentRow[];
};

type Story = {
  /** The sender's student of this number. Of those who move, 0 to 9, the receiver's roster has a row: see rosters.ts for what differs in it. */
  student: number;
  /** How many of the student's documents. */
  count: number;
  notes: string;
  /** Days before now. */
  sent: number;
  later?: number;
  ends: "delivered" | "held" | "returned" | "recalled" | "reported" | "redone" | "withdrawn";
  reason?: string;
};

// What is delivered has a student whose name and birth date agree; what is held, one of whom something differs, or nobody.
const stories: readonly Story[] = [
  { student: 5, count: 3, notes: "The IEP is due for its yearly review in March.", sent: 41, ends: "delivered" },
  {
    student: 9,
    count: 1,
    notes: "",
    sent: 34,
    later: 33,
    ends: "withdrawn",
    reason: "The family tells us that they never applied with you. We clear it up with them first.",
  },
  {
    student: 8,
    count: 2,
    notes: "",
    sent: 27,
    later: 25,
    ends: "recalled",
    reason: "We sent a draft of the evaluation. The signed one follows.",
  },
  {
    student: 7,
    count: 2,
    notes: "Both plans together: one doesn’t work without the other.",
    sent: 20,
    later: 18,
    ends: "redone",
    reason: "Our roster had two records under this number. These papers belong to the other one.",
  },
  {
    student: 3,
    count: 1,
    notes: "",
    sent: 16,
    later: 15,
    ends: "returned",
    reason: "Not enrolled with us. The family moved on to the next county before the first day.",
  },
  {
    student: 6,
    count: 2,
    notes: "",
    sent: 6,
    later: 4,
    ends: "reported",
    reason: "A cousin with the same birthday was entered under this number. We have mended our roster.",
  },
  { student: 12, count: 1, notes: "Starts with you after the holidays.", sent: 5, ends: "held" },
  { student: 4, count: 3, notes: "", sent: 2, ends: "delivered" },
  { student: 1, count: 2, notes: "Please call me about the transport plan.", sent: 1, ends: "held" },
];

export type ToldDocuments = { transferId: string; timeZone: string; sent: number; later: number | null };

/** Makes document transfers in every state from one district to the other by the verbs that people use. Their times are those of today; `moveDocumentsBack` puts them where their stories have them. */
export async function makeDocumentTransfers(
  owner: pg.Client,
  from: DocumentSide,
  to: DocumentSide,
  wanted: readonly Story["ends"][] | null = null,
): Promise<ToldDocuments[]> {
  const told: ToldDocuments[] = [];
  for (const story of stories) {
    if (wanted && !wanted.includes(story.ends)) continue;
    told.push(...(await tell(owner, from, to, story)));
  }
  return told;
}

async function tell(owner: pg.Client, from: DocumentSide, to: DocumentSide, story: Story): Promise<ToldDocuments[]> {
  const [sender, receiver] = [doorsFor(from.clerk), doorsFor(to.clerk)];
  const student = from.students[story.student] as StudentRow;
  const there = to.students.find(
    (one) =>
      one.birth_date === student.birth_date &&
      plainName(String(one.family_name)) === plainName(String(student.family_name)),
  );
  const { rows } = await owner.query<{ id: string }>(
    "select id from document where district_id = $1 and student_id = $2 and deleted_at is null and origin_transfer_id is null order by title limit $3",
    [from.districtId, student.id, story.count],
  );
  if (rows.length === 0) return [];
  const { rows: owners } = await owner.query<{ email: string }>("select email from membership where id = $1", [
    to.clerk.membershipId,
  ]);
  const send = async (dispatchId: string): Promise<string> => {
    const { transferId } = await transferDocuments(sender, {
      dispatchId,
      receiverId: to.districtId,
      sisId: there?.sis_id ?? student.sis_id,
      owner: owners[0]?.email ?? "",
      notes: story.notes,
      legalBasis: "enrollment",
    });
    await deliverDocuments(doorsFor(workerOf(to.districtId)), { transferId });
    return transferId;
  };
  const { dispatchId } = await sender.district((tx) =>
    chooseDocuments(tx, from.clerk, { studentId: student.id, documentIds: rows.map((row) => row.id) }),
  );
  const transferId = await send(dispatchId);
  const reason = story.reason ?? "";
  const times = { timeZone: from.timeZone, sent: story.sent, later: story.later ?? null };
  const first = { transferId, ...times };
  switch (story.ends) {
    case "returned":
      await returnDocuments(receiver, { transferId, reason });
      break;
    case "recalled":
      await recallDocuments(sender, { transferId, reason });
      break;
    case "reported":
      await reportDocuments(receiver, { transferId, reason });
      break;
    case "withdrawn":
      await reportDocuments(receiver, { transferId, reason: "Nobody of this name is expected here." });
      await withdrawDocuments(sender, { transferId, reason });
      break;
    case "redone": {
      await reportDocuments(receiver, { transferId, reason });
      const again = await sender.district((tx) => redoTransfer(tx, from.clerk, { transferId }));
      const redone = await send(again.dispatchId);
      return [first, { transferId: redone, ...times, sent: story.later ?? story.sent, later: null }];
    }
    case "delivered":
    case "held":
      break;
  }
  return [first];
}

/** Sent a moment ago, as far as the demo goes: its mails are really sent. */
export const isFreshDocuments = ({ sent }: ToldDocuments): boolean => sent <= 2;

/** Moves what just happened to the days of its story; the audit log stays, see `moveBack`. */
export async function moveDocumentsBack(
  owner: pg.Client,
  random: Random,
  told: ToldDocuments,
  now: Date,
): Promise<void> {
  const { transferId, timeZone } = told;
  const sent = atWork(random, daysBefore(now, told.sent), timeZone, now);
  const later =
    told.later === null
      ? sent
      : new Date(
          Math.max(atWork(random, daysBefore(now, told.later), timeZone, now).getTime(), sent.getTime() + 3_600_000),
        );
  await owner.query(
    `update transfer set created_at = $2, sent_at = $2::timestamptz + interval '2 seconds', held_at = case when held_at is not null then $2::timestamptz + interval '5 seconds' end,
       delivered_at = case when delivered_at is not null then $2::timestamptz + interval '5 seconds' end,
       decided_at = case when decided_at is not null then case when delivered_at is not null then $2::timestamptz + interval '5 seconds' else $3::timestamptz end end where id = $1`,
    [transferId, sent, later],
  );
  await owner.query(
    "update dispatch d set created_at = $2, sent_at = $2 from transfer t where t.id = $1 and d.district_id = t.sending_district_id and d.id = t.dispatch_id",
    [transferId, sent],
  );
  await owner.query(
    `update transfer_event e set at = case when verb = 'seal' then $2::timestamptz + interval '2 seconds' when verb in ('hold', 'deliver') then $2::timestamptz + interval '5 seconds'
       else $3::timestamptz + interval '40 minutes' * (x.i - 1) end
     from (select id, row_number() over (partition by verb in ('seal', 'hold', 'deliver') order by at) i from transfer_event where transfer_id = $1) x where e.id = x.id`,
    [transferId, sent, later],
  );
  await owner.query(
    "update document set added_at = $2::timestamptz + interval '5 seconds' where origin_transfer_id = $1",
    [transferId, sent],
  );
  // Of what lies back no mail goes out today: they count as sent then.
  const fresh = isFreshDocuments(told);
  if (!fresh)
    await owner.query(
      "delete from pgboss.job j using mail m where m.transfer_id = $1 and j.name = 'deliver' and j.singleton_key = m.id::text",
      [transferId],
    );
  await owner.query(
    `update mail set created_at = x.at, sent_at = x.at + interval '3 seconds', status = 'sent', tries = 1
     from (select id, case when event in ('documents-delivered', 'documents-held') then $2::timestamptz + interval '5 seconds' else $3::timestamptz end at from mail where transfer_id = $1) x
     where mail.id = x.id and (status = 'sent' or $4)`,
    [transferId, sent, later, !fresh],
  );
}
