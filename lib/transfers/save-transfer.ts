import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { keys } from "@/lib/storage/keys";
import { decide, getParties } from "@/lib/transfers/apply";
import { type OpenPackage, openPackage, readPackage, type SealedPackage } from "@/lib/transfers/open-package";
import type { CaseContent } from "@/lib/transfers/package-content";
import { bound } from "@/lib/transfers/package-place";
import { unwrapKey } from "@/lib/transfers/seal";

type Saved = { cases: number; leftOut: number };

/**
 * Puts the cases of an unlocked transfer into the receiving district: unlocked → completed. The package's files become the district's
 * own, under its key, without being copied once more. All in one transaction, in sets; of two callers one succeeds, and who has saved
 * it and clicks again gets the same answer. Throws `forbidden`, `not-there`, `details-missing`,
 * `details-changed`, `transfer-decided`, `code-first`.
 */
export async function saveTransfer(doors: Doors, input: { transferId: string }): Promise<Saved> {
  demand(doors.actor, "manageCases");
  const { transferId } = input;
  const read = await doors
    .exchange(transferId, async (tx) => {
      const before = await findSaved(tx, transferId);
      if (before) return before;
      const sealed = await readPackage(tx, transferId);
      const decided = await listDecided(tx, transferId);
      const left = sealed.items.length - 1 - decided.length;
      if (left > 0) throw new DomainError("details-missing", { left });
      return { sealed, decided, files: await tx.packageFile.findMany({ where: { transferId } }) };
    })
    .catch(async (error: unknown) => {
      // Saved between two of the statements: by the first of two clicks, which is then found whole.
      const before =
        error instanceof DomainError && error.kind === "transfer-decided"
          ? await doors.exchange(transferId, (tx) => findSaved(tx, transferId))
          : null;
      if (before) return before;
      throw error;
    });
  if ("leftOut" in read) return read;
  const open = openPackage(read.sealed);
  const rows = rowsFor(doors.actor, read, open);
  return doors.exchange(transferId, async (tx) => {
    // Held until the end: whoever else saves this transfer waits here, before a row of it is written twice, and then finds it saved.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${transferId}, 1))::text`;
    const before = await findSaved(tx, transferId);
    if (before) return before;
    if ((await getParties(tx, transferId)).status !== "unlocked") throw new DomainError("transfer-decided");
    if (whatOf(await listDecided(tx, transferId)) !== whatOf(read.decided)) throw new DomainError("details-changed");
    await insert(tx, read.sealed.place, rows);
    await decide(tx, transferId, "save");
    return { cases: rows.cases.length, leftOut: read.decided.length - rows.cases.length };
  });
}

const listDecided = (tx: ExchangeTx, transferId: string) =>
  tx.intake.findMany({ where: { transferId }, orderBy: { n: "asc" } });

/** What was decided, whoever did: a colleague who saves the same at this moment has decided it once more. */
const whatOf = (decided: Awaited<ReturnType<typeof listDecided>>) =>
  JSON.stringify(decided.map(({ decidedBy: _by, decidedAt: _at, ...what }) => what));

/** What the actor's own earlier click saved; null where it didn't. */
async function findSaved(tx: ExchangeTx, transferId: string): Promise<Saved | null> {
  const [row] = await tx.$queryRaw<Saved[]>`
    select count(*) filter (where i.decision <> 'leave')::int cases, count(*) filter (where i.decision = 'leave')::int "leftOut"
    from intake i where i.transfer_id = ${transferId}::uuid and exists (select 1 from transfer_event e
      where e.transfer_id = i.transfer_id and e.verb = 'save' and e.district_id = current_district() and e.membership_id = current_member())
    having count(*) > 0`;
  return row ?? null;
}

type Read = {
  sealed: Awaited<ReturnType<typeof readPackage>>;
  decided: {
    n: number;
    decision: string;
    studentId: string | null;
    buildingId: string | null;
    teamId: string | null;
    managerId: string | null;
  }[];
  files: {
    n: number;
    itemN: number;
    storageKey: string;
    keySealed: Uint8Array;
    size: bigint;
    sha256: Uint8Array;
    mediaType: string;
    scan: string;
  }[];
};

function rowsFor(actor: Actor, read: Read, open: OpenPackage) {
  const decisionOf = new Map(read.decided.map((one) => [one.n, one]));
  const kept = open.cases.filter(({ n }) => decisionOf.get(n)?.decision !== "leave");
  const fileIds = new Map<number, string>();
  const caseIds = new Map(kept.map(({ n }) => [n, randomUUID()]));
  const files = read.files
    .filter((file) => caseIds.has(file.itemN))
    .map((file) => {
      const id = randomUUID();
      fileIds.set(file.n, id);
      const fileKey = unwrapKey(Buffer.from(file.keySealed), open.dataKey, bound(read.sealed.place, `file ${file.n}`));
      const { keyWrapped } = keepAddress(actor.districtId, { storageKey: file.storageKey, fileKey });
      return {
        id,
        storage_key: file.storageKey,
        key: hex(keyWrapped),
        size: String(file.size),
        sha256: hex(file.sha256),
        media_type: file.mediaType,
        scan: file.scan,
      };
    });
  const people: {
    id: string;
    given: string;
    middle: string | null;
    preferred: string | null;
    family: string;
    birth_date: string | null;
    state_id: string | null;
    grade: string | null;
  }[] = [];
  const notes: { id: string; case_id: string; author: string; body: string; at: string }[] = [];
  const cases = kept.map(({ n, content }) => {
    const decision = decisionOf.get(n) as Read["decided"][number];
    const id = caseIds.get(n) as string;
    let personId: string | null = null;
    if (decision.decision === "new") {
      personId = randomUUID();
      const { given, middle, preferred, family, birthDate, stateId, grade } = content.person;
      people.push({ id: personId, given, middle, preferred, family, birth_date: birthDate, state_id: stateId, grade });
    }
    const noteIds = content.notes.map((note) => {
      const noteId = randomUUID();
      notes.push({ id: noteId, case_id: id, author: note.author, body: note.body, at: note.writtenAt });
      return noteId;
    });
    return {
      row: {
        id,
        n,
        student_id: decision.studentId,
        person_id: personId,
        building_id: decision.buildingId,
        team_id: decision.teamId,
        manager_id: decision.managerId,
        status: content.status,
        level: content.level,
        origin_number: content.number,
        origin_case_id: content.originCaseId,
        origin_place: placeThere(content),
        opened_at: content.openedAt,
      },
      strategies: content.strategies.map((one) => ({
        case_id: id,
        text: one.text,
        started_on: one.startedOn,
        ended_on: one.endedOn,
        outcome: one.outcome,
      })),
      tasks: content.tasks.map((one) => ({
        case_id: id,
        text: one.text,
        assignee: one.assignee,
        due_on: one.dueOn,
        done_at: one.doneAt,
      })),
      attachments: content.attachments.map((one) => ({
        case_id: id,
        note_id: one.note === null ? null : (noteIds[one.note] ?? null),
        file_id: fileIds.get(one.file) as string,
        name: one.name,
        added_by: one.addedBy,
        at: one.addedAt,
      })),
    };
  });
  const cover = keys().wrapForDistrict(
    actor.districtId,
    Buffer.from(open.cover.notes),
    coverBound(read.sealed.place.transferId),
  );
  const intake = open.cases.map(({ n, content }) => ({
    n,
    id: caseIds.get(n) ?? null,
    // A person who comes in with the case bears the name; of a case that's left out, no name stays here.
    came_as: decisionOf.get(n)?.decision === "link" ? `${content.person.family}, ${content.person.given}` : null,
    origin_number: content.number,
  }));
  return { cases, people, notes, files, intake, cover: { sentBy: open.cover.sentBy, notes: new Uint8Array(cover) } };
}

/** What a receiver's kept notes of a transfer are bound to. */
export const coverBound = (transferId: string): Buffer => Buffer.from(`received notes ${transferId}`);

/** Where a case stood in the sending district, as a line. */
function placeThere({ building, team, teamLeader, manager, assigned }: CaseContent): string | null {
  const parts = [
    building,
    team && (teamLeader ? `${team}, led by ${teamLeader}` : team),
    manager && `case manager ${manager}`,
    assigned.length > 0 && `assigned: ${assigned.join(", ")}`,
  ];
  return parts.filter(Boolean).join(" · ") || null;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

async function insert(
  tx: ExchangeTx,
  { transferId, sendingDistrictId, receivingDistrictId }: SealedPackage["place"],
  rows: ReturnType<typeof rowsFor>,
): Promise<void> {
  const json = (list: readonly unknown[]) => JSON.stringify(list);
  await tx.$executeRaw`
    insert into person (district_id, id, given_name, middle_name, preferred_name, family_name, birth_date, state_id, grade)
    select current_district(), x.id, x.given, x.middle, x.preferred, x.family, x.birth_date, x.state_id, x.grade
    from jsonb_to_recordset(${json(rows.people)}::jsonb) x (id uuid, given text, middle text, preferred text, family text, birth_date date, state_id text, grade text)`;
  await tx.$executeRaw`
    insert into "case" (district_id, id, number, student_id, person_id, building_id, team_id, manager_id, status, level, origin_transfer_id, origin_district_id, origin_number, origin_case_id, origin_place, created_at, received_at)
    select current_district(), x.id, k.number, x.student_id, x.person_id, x.building_id, x.team_id, x.manager_id, x.status, x.level, ${transferId}::uuid, ${sendingDistrictId}::uuid, x.origin_number, x.origin_case_id, x.origin_place, x.opened_at, now()
    from (select *, row_number() over (order by n) i from jsonb_to_recordset(${json(rows.cases.map((one) => one.row))}::jsonb)
      x (id uuid, n int, student_id uuid, person_id uuid, building_id uuid, team_id uuid, manager_id uuid, status text, level text, origin_number text, origin_case_id uuid, origin_place text, opened_at timestamptz)) x
    join (select number, row_number() over () i from next_case_numbers(${rows.cases.length}::int) number) k on k.i = x.i`;
  await tx.$executeRaw`
    insert into note (district_id, id, case_id, author_name, body, written_at, received)
    select current_district(), x.id, x.case_id, x.author, x.body, x.at, true from jsonb_to_recordset(${json(rows.notes)}::jsonb) x (id uuid, case_id uuid, author text, body text, at timestamptz)`;
  await tx.$executeRaw`
    insert into strategy (district_id, case_id, text, started_on, ended_on, outcome)
    select current_district(), x.* from jsonb_to_recordset(${json(rows.cases.flatMap((one) => one.strategies))}::jsonb) x (case_id uuid, text text, started_on date, ended_on date, outcome text)`;
  await tx.$executeRaw`
    insert into task (district_id, case_id, text, assignee_name, due_on, done_at)
    select current_district(), x.* from jsonb_to_recordset(${json(rows.cases.flatMap((one) => one.tasks))}::jsonb) x (case_id uuid, text text, assignee text, due_on date, done_at timestamptz)`;
  await tx.$executeRaw`
    insert into stored_file (district_id, id, storage_key, key_wrapped, size, sha256, media_type, scan)
    select current_district(), x.id, x.storage_key, decode(x.key, 'hex'), x.size, decode(x.sha256, 'hex'), x.media_type, x.scan
    from jsonb_to_recordset(${json(rows.files)}::jsonb) x (id uuid, storage_key text, key text, size bigint, sha256 text, media_type text, scan text)`;
  await tx.$executeRaw`
    insert into attachment (district_id, case_id, note_id, file_id, name, added_by_name, added_at, received)
    select current_district(), x.case_id, x.note_id, x.file_id, x.name, x.added_by, x.at, true
    from jsonb_to_recordset(${json(rows.cases.flatMap((one) => one.attachments))}::jsonb) x (case_id uuid, note_id uuid, file_id uuid, name text, added_by text, at timestamptz)`;
  await tx.$executeRaw`
    update intake i set case_id = x.id, came_as = x.came_as, origin_number = x.origin_number
    from jsonb_to_recordset(${json(rows.intake)}::jsonb) x (n int, id uuid, came_as text, origin_number text)
    where i.transfer_id = ${transferId}::uuid and i.n = x.n`;
  // Who sees only assigned cases would not see the one that they were made case manager of.
  await tx.$executeRaw`
    insert into case_assignment (district_id, case_id, membership_id)
    select c.district_id, c.id, m.id from "case" c join membership m on m.district_id = c.district_id and m.id = c.manager_id
    where c.origin_transfer_id = ${transferId}::uuid and not 'manageCases' = any (m.permissions) on conflict do nothing`;
  await tx.receivedCover.create({
    data: { districtId: receivingDistrictId, transferId, sentBy: rows.cover.sentBy, notesSealed: rows.cover.notes },
  });
  for (const { row } of rows.cases) audit(tx, { action: "case.receive", subject: "case", subjectId: row.id });
}
