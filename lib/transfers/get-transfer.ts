import type { DistrictTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";
import { keys } from "@/lib/storage/keys";
import { notesBound } from "@/lib/transfers/send-cases";
import { getCourse, receivedNotes, type TransferCourse, type TransferEventView } from "@/lib/transfers/transfer-course";

export type TransferDetails = TransferCourse & {
  /** Of the code that holds now; the sender names it when asking for a new one. */
  codeVersion: number;
  unlockedAt: Date | null;
  /** Whom the sender spoke with, for the sender: its own note. */
  spokeWith: string | null;
  spokeOn: string | null;
  triesLeft: number | null;
  /** The sender's own cases in it; the receiver's once saved. Empty before. */
  contents: TransferContent[];
  /**
   * The cases that were left out of a transfer that was saved, and why, by the sender's number. The sender reads the reason where it
   * was written for both (null otherwise), and has its own case behind the number (`id`).
   */
  leftOut: { n: number; originNumber: string | null; reason: string | null; id: string | null }[];
  /** How many attachments travelled. */
  attachments: number;
  /** The sender's notes, for the sender. */
  notes: string | null;
};

export type TransferContent = {
  id: string;
  number: string;
  given: string;
  family: string;
  originNumber: string | null;
  /** The name under which a received case came that was linked to a student. */
  cameAs: string | null;
  /** Who looks after a received case here; null for nobody. */
  manager: string | null;
};

/** A case transfer of the actor's district with its timeline, as far as that side may see it. The reading is written down. Throws `forbidden`, `not-there`. */
export async function getTransfer(
  tx: DistrictTx,
  actor: Actor,
  input: { transferId: string },
): Promise<TransferDetails> {
  const { transferId } = input;
  const course = await getCourse(tx, actor, "cases", transferId);
  const [more] = await tx.$queryRaw<
    [
      {
        sending: string;
        dispatch_id: string;
        spoke_with: string | null;
        spoke_on: string | null;
        tries_left: number | null;
        notes_sealed: Uint8Array | null;
        code_version: number;
        unlocked_at: Date | null;
      },
    ]
  >`
    select t.sending_district_id sending, t.dispatch_id, t.spoke_with, t.spoke_on::text, exchange_tries_left(t.id) tries_left, d.notes_sealed, t.code_version, t.unlocked_at
    from transfer t left join dispatch d on d.district_id = t.sending_district_id and d.id = t.dispatch_id where t.id = ${transferId}::uuid`;
  const outgoing = course.side === "outgoing";
  const contents = outgoing
    ? await tx.$queryRaw<TransferDetails["contents"]>`
        select c.id, c.number, coalesce(s.given_name, p.given_name) given, coalesce(s.family_name, p.family_name) family, null "originNumber", null "cameAs", null manager
        from transfer_case x join "case" c on c.id = x.case_id left join student s on s.id = c.student_id left join person p on p.id = c.person_id
        where x.transfer_id = ${transferId}::uuid and x.outcome is distinct from 'left' order by x.n`
    : await tx.$queryRaw<TransferDetails["contents"]>`
        select c.id, c.number, coalesce(s.given_name, p.given_name) given, coalesce(s.family_name, p.family_name) family, c.origin_number "originNumber",
          i.came_as "cameAs", m.name manager
        from "case" c left join student s on s.id = c.student_id left join person p on p.id = c.person_id left join membership m on m.id = c.manager_id
        left join intake i on i.transfer_id = c.origin_transfer_id and i.case_id = c.id
        where c.origin_transfer_id = ${transferId}::uuid order by c.person_sort, c.number`;
  const leftOut = await tx.$queryRaw<TransferDetails["leftOut"]>`
    select x.n, c.number "originNumber", x.left_reason reason, c.id from transfer_case x left join "case" c on c.district_id = x.district_id and c.id = x.case_id
    where x.transfer_id = ${transferId}::uuid and x.outcome = 'left'
    union all
    select i.n, i.origin_number, i.reason, null from intake i where i.transfer_id = ${transferId}::uuid and i.decision = 'leave' order by n`;
  const [{ attachments }] = await tx.$queryRaw<[{ attachments: number }]>`
    select coalesce(sum(cardinality(file_sha256)), 0)::int attachments from package_manifest where transfer_id = ${transferId}::uuid`;
  return {
    ...course,
    events: outgoing ? withShowings(course.events, await listShowings(tx, transferId)) : course.events,
    codeVersion: more.code_version,
    unlockedAt: more.unlocked_at,
    spokeWith: outgoing ? more.spoke_with : null,
    spokeOn: outgoing ? more.spoke_on : null,
    triesLeft: outgoing ? null : more.tries_left,
    contents,
    attachments,
    leftOut: course.status === "completed" ? leftOut : [],
    notes: !outgoing
      ? await receivedNotes(tx, actor, transferId)
      : more.notes_sealed
        ? keys()
            .unwrapForDistrict(more.sending, Buffer.from(more.notes_sealed), notesBound(more.dispatch_id))
            .toString() || null
        : null,
  };
}

/** Every showing of the code to the sender's people, as the own audit log has it. The other district reads nothing of it. */
const listShowings = (tx: DistrictTx, transferId: string) =>
  tx.$queryRaw<{ at: Date; actor: string | null }[]>`
    select at, actor_name actor from audit where district_id = current_district() and subject_id = ${transferId}::uuid and action = 'code.show' order by seq`;

const withShowings = (
  events: TransferEventView[],
  showings: { at: Date; actor: string | null }[],
): TransferEventView[] =>
  [
    ...events,
    ...showings.map(
      (one): TransferEventView => ({
        ...one,
        verb: "show-code",
        side: "sender",
        own: true,
        detail: null,
        actsForBoth: false,
      }),
    ),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
