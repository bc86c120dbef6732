import { audit } from "@/lib/audit";
import { seesAllCases } from "@/lib/cases/case-access";
import type { Choice } from "@/lib/cases/case-choices";
import type { CaseLevel, CaseStatus } from "@/lib/cases/case-words";
import { dueWords } from "@/lib/cases/due";
import type { DistrictTx } from "@/lib/db/types";
import { dayIn } from "@/lib/districts/day-text";
import { stateName } from "@/lib/districts/states";
import { isId } from "@/lib/is-id";
import { type Actor, may } from "@/lib/policy";
import { blockOf, type FileBlock, type ScanState } from "@/lib/storage/scan-state";
import { findHolds, type StandingHold } from "@/lib/students/find-holds";

export type CasePerson = {
  /** The roster's student, or null for a person who isn't on the roster. */
  studentId: string | null;
  givenName: string;
  familyName: string;
  preferredName: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  grade: string | null;
  sisId: string | null;
  stateId: string | null;
  /** Left the roster. */
  departed: boolean;
};
export type CaseNote = {
  id: string;
  at: Date;
  author: string;
  body: string;
  files: { id: string; name: string; block: FileBlock | null }[];
};
export type CaseStrategy = {
  id: string;
  text: string;
  startedOn: string | null;
  endedOn: string | null;
  outcome: string | null;
  /** Which writing of the row was read; an edit brings it back, and fails if there's been another since. */
  mark: string;
};
export type CaseTask = {
  id: string;
  text: string;
  assigneeId: string | null;
  assignee: string | null;
  /** Came with the case, for somebody of the other district, and nobody here has it yet. */
  theirs: boolean;
  dueOn: string | null;
  /** How near the due day is, in words, while the task isn't done. */
  due: string | null;
  dueLook: "plain" | "soon" | "late";
  doneAt: Date | null;
  mark: string;
};
export type CaseAttachment = {
  id: string;
  name: string;
  /** In bytes. */
  size: number;
  mediaType: string;
  addedAt: Date;
  addedBy: string;
  received: boolean;
  removable: boolean;
  /** Why it can't be opened or sent. */
  block: FileBlock | null;
};
export type CaseTransfer = {
  id: string;
  reference: string;
  district: string;
  state: string;
  status: string;
  open: boolean;
  decidedAt: Date | null;
  /** The receiver didn't take this case over. */
  leftOut: boolean;
  /** Why, as far as it was written for the sender. */
  leftReason: string | null;
};
export type CaseView = {
  id: string;
  number: string;
  version: number;
  status: CaseStatus;
  level: CaseLevel;
  createdAt: Date;
  updatedAt: Date;
  person: CasePerson;
  building: Choice | null;
  team: (Choice & { leader: string | null }) | null;
  manager: Choice | null;
  assigned: Choice[];
  /** Who sees every case of the district. */
  managers: string[];
  origin: {
    district: string;
    state: string;
    number: string | null;
    /** Building, team and people there, as a line. */
    place: string | null;
    /** The name under which it came, where it was linked to a student here. */
    cameAs: string | null;
    receivedAt: Date;
    transfer: { id: string; reference: string } | null;
  } | null;
  notes: CaseNote[];
  receivedNotes: CaseNote[];
  strategies: CaseStrategy[];
  tasks: CaseTask[];
  attachments: CaseAttachment[];
  /** Outgoing ones that are open or completed, newest first. */
  transfers: CaseTransfer[];
  /** While one stands, nothing of the case is destroyed. */
  holds: StandingHold[];
  /** Facts and plan; notes, files and ticks are for everybody who sees the case. */
  canEdit: boolean;
  /** May place a legal hold. */
  canHold: boolean;
};

type Head = Pick<CaseView, "id" | "number" | "version" | "status" | "level" | "createdAt" | "updatedAt"> &
  CasePerson & {
    buildingId: string | null;
    building: string | null;
    teamId: string | null;
    team: string | null;
    leader: string | null;
    managerId: string | null;
    manager: string | null;
    originDistrict: string | null;
    originState: string | null;
    originNumber: string | null;
    originPlace: string | null;
    cameAs: string | null;
    receivedAt: Date | null;
    originTransferId: string | null;
    originReference: string | null;
    timeZone: string;
  };

/**
 * A case with all that's in it, or null: not there, or not for this actor's eyes. Reading is written to the audit log
 * (`case.read`, `case.print`) with the same transaction.
 */
export async function findCase(
  tx: DistrictTx,
  actor: Actor,
  caseId: string,
  purpose: "read" | "print" = "read",
): Promise<CaseView | null> {
  if (!isId(caseId)) return null;
  const [head] = await tx.$queryRaw<Head[]>`
    select c.id, c.number, c.version, c.status, c.level, c.created_at as "createdAt", c.updated_at as "updatedAt",
      c.student_id as "studentId", coalesce(s.given_name, p.given_name) as "givenName", coalesce(s.family_name, p.family_name) as "familyName",
      s.preferred_name as "preferredName", coalesce(s.birth_date, p.birth_date)::text as "birthDate", coalesce(s.grade, p.grade) as grade,
      s.sis_id as "sisId", coalesce(s.state_id, p.state_id) as "stateId", coalesce(not s.active, false) as departed,
      b.id as "buildingId", b.name as building, t.id as "teamId", t.name as team, l.name as leader, m.id as "managerId", m.name as manager,
      d.name as "originDistrict", d.state as "originState", c.origin_number as "originNumber", c.origin_place as "originPlace", i.came_as as "cameAs", c.received_at as "receivedAt",
      x.id as "originTransferId", x.reference as "originReference",
      coalesce((select z.time_zone from district_settings z where z.district_id = c.district_id), 'UTC') as "timeZone"
    from "case" c
    left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join person p on p.district_id = c.district_id and p.id = c.person_id
    left join building b on b.district_id = c.district_id and b.id = c.building_id
    left join team t on t.district_id = c.district_id and t.id = c.team_id
    left join membership l on l.district_id = t.district_id and l.id = t.leader_id
    left join membership m on m.district_id = c.district_id and m.id = c.manager_id
    left join district d on d.id = c.origin_district_id
    left join transfer x on x.id = c.origin_transfer_id
    left join intake i on i.district_id = c.district_id and i.transfer_id = c.origin_transfer_id and i.case_id = c.id
    where c.district_id = current_district() and c.id = ${caseId}::uuid and (${seesAllCases(actor)} or exists (
      select 1 from case_assignment a where a.district_id = c.district_id and a.case_id = c.id and a.membership_id = ${actor.membershipId}::uuid))`;
  if (!head) return null;
  audit(tx, { action: `case.${purpose}`, subject: "case", subjectId: head.id });

  const notes = await tx.$queryRaw<(Omit<CaseNote, "files"> & { received: boolean })[]>`
    select n.id, n.written_at as at, n.author_name as author, n.body, n.received from note n
    where n.district_id = current_district() and n.case_id = ${head.id}::uuid order by n.written_at desc, n.id`;
  const strategies = await tx.$queryRaw<CaseStrategy[]>`
    select y.id, y.text, y.started_on::text as "startedOn", y.ended_on::text as "endedOn", y.outcome, y.xmin::text as mark from strategy y
    where y.district_id = current_district() and y.case_id = ${head.id}::uuid order by y.ended_on desc nulls first, y.started_on nulls first, y.id`;
  const tasks = await tx.$queryRaw<Omit<CaseTask, "due" | "dueLook">[]>`
    select k.id, k.text, k.assignee_id as "assigneeId", coalesce(m.name, k.assignee_name) as assignee, k.assignee_id is null and k.assignee_name is not null as theirs, k.due_on::text as "dueOn", k.done_at as "doneAt", k.xmin::text as mark
    from task k left join membership m on m.district_id = k.district_id and m.id = k.assignee_id
    where k.district_id = current_district() and k.case_id = ${head.id}::uuid
    order by k.done_at is null desc, case when k.done_at is null then k.due_on end nulls last, k.done_at desc, k.id`;
  const attachments = await tx.$queryRaw<
    (Omit<CaseAttachment, "removable" | "block"> & {
      noteId: string | null;
      addedById: string | null;
      scan: ScanState;
    })[]
  >`
    select a.id, a.name, f.size::float8 as size, f.media_type as "mediaType", a.added_at as "addedAt", a.added_by as "addedById", a.added_by_name as "addedBy", a.received, a.note_id as "noteId", f.scan
    from attachment a join stored_file f on f.district_id = a.district_id and f.id = a.file_id
    where a.district_id = current_district() and a.case_id = ${head.id}::uuid order by a.received, a.added_at desc, a.id`;
  const assigned = await tx.$queryRaw<Choice[]>`
    select m.id, m.name from case_assignment a join membership m on m.district_id = a.district_id and m.id = a.membership_id
    where a.district_id = current_district() and a.case_id = ${head.id}::uuid order by m.name, m.id`;
  const managers = await tx.$queryRaw<{ name: string }[]>`
    select m.name from membership m where m.district_id = current_district() and m.disabled_at is null and 'manageCases' = any (m.permissions) order by m.name, m.id`;
  const transfers = await tx.$queryRaw<CaseTransfer[]>`
    select t.id, t.reference, d.name as district, d.state, t.status, tc.open, t.decided_at as "decidedAt", tc.outcome is not distinct from 'left' as "leftOut", tc.left_reason as "leftReason"
    from transfer_case tc join transfer t on t.id = tc.transfer_id join district d on d.id = t.receiving_district_id
    where tc.district_id = current_district() and tc.case_id = ${head.id}::uuid and (tc.open or t.status = 'completed')
    order by tc.open desc, coalesce(t.decided_at, t.created_at) desc, t.id`;

  const today = dayIn(head.timeZone, new Date());
  const filesOf = (noteId: string) =>
    attachments
      .filter((file) => file.noteId === noteId)
      .map(({ id, name, scan }) => ({ id, name, block: blockOf(scan) }));
  const noteViews = notes.map(({ received, ...note }) => ({ received, view: { ...note, files: filesOf(note.id) } }));
  return {
    id: head.id,
    number: head.number,
    version: head.version,
    status: head.status,
    level: head.level,
    createdAt: head.createdAt,
    updatedAt: head.updatedAt,
    person: {
      studentId: head.studentId,
      givenName: head.givenName,
      familyName: head.familyName,
      preferredName: head.preferredName,
      birthDate: head.birthDate,
      grade: head.grade,
      sisId: head.sisId,
      stateId: head.stateId,
      departed: head.departed,
    },
    building: choice(head.buildingId, head.building),
    team: head.teamId && head.team ? { id: head.teamId, name: head.team, leader: head.leader } : null,
    manager: choice(head.managerId, head.manager),
    assigned,
    managers: managers.map((one) => one.name),
    origin:
      head.receivedAt && head.originDistrict
        ? {
            district: head.originDistrict,
            state: stateName(head.originState ?? ""),
            number: head.originNumber,
            place: head.originPlace,
            cameAs: head.cameAs,
            receivedAt: head.receivedAt,
            transfer:
              head.originTransferId && head.originReference
                ? { id: head.originTransferId, reference: head.originReference }
                : null,
          }
        : null,
    notes: noteViews.filter((note) => !note.received).map((note) => note.view),
    receivedNotes: noteViews.filter((note) => note.received).map((note) => note.view),
    strategies,
    tasks: tasks.map((task) => ({ ...task, ...dueOf(task, today) })),
    attachments: attachments.map(({ noteId: _, addedById, scan, ...file }) => ({
      ...file,
      removable: canRemove(actor, { received: file.received, addedBy: addedById, scan }),
      block: blockOf(scan),
    })),
    transfers: transfers.map((transfer) => ({ ...transfer, state: stateName(transfer.state) })),
    holds: await findHolds(tx, actor, { studentId: head.studentId, caseId: head.id }),
    canEdit: may(actor, "manageCases"),
    canHold: may(actor, "manageDistrict"),
  };
}

function dueOf(task: { dueOn: string | null; doneAt: Date | null }, today: string): Pick<CaseTask, "due" | "dueLook"> {
  if (!task.dueOn || task.doneAt) return { due: null, dueLook: "plain" };
  const { text, look } = dueWords(task.dueOn, today);
  return { due: text, dueLook: look };
}

const choice = (id: string | null, name: string | null): Choice | null => (id && name ? { id, name } : null);

/**
 * Whose files may be taken away: one's own; with Manage Cases all but those that another district sent, and of those what has a virus.
 * What couldn't be scanned is tried again, and may be the only copy.
 */
export function canRemove(actor: Actor, file: { received: boolean; addedBy: string | null; scan: ScanState }): boolean {
  if (file.received && file.scan !== "infected") return false;
  return may(actor, "manageCases") || (file.addedBy !== null && file.addedBy === actor.membershipId);
}
