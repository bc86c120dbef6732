import type { ExchangeTx } from "@/lib/db/types";
import type { ScanState } from "@/lib/storage/scan-state";
import type { PackedFile } from "@/lib/transfers/pack";
import type { CaseContent, Cover } from "@/lib/transfers/package-content";

export type Snapshot = {
  cover: Omit<Cover, "notes">;
  dispatchId: string;
  notesSealed: Uint8Array | null;
  cases: {
    n: number;
    content: Omit<CaseContent, "attachments"> & {
      attachments: (CaseContent["attachments"][number] & { fileId: string })[];
    };
  }[];
  files: (PackedFile & { fileId: string })[];
  expiryDays: number;
};

/** Reads all that a preparing transfer will carry, as the sender's rows stand in this transaction: in sets, one statement for the cases and one for the files. */
export async function readSnapshot(tx: ExchangeTx, transferId: string): Promise<Snapshot> {
  const files = await tx.$queryRaw<
    {
      file_id: string;
      n: number;
      item_n: number;
      storage_key: string;
      key_wrapped: Uint8Array;
      size: bigint;
      sha256: Uint8Array;
      media_type: string;
      scan: ScanState;
      attachment_id: string;
    }[]
  >`
    select f.id file_id, row_number() over (order by x.n, a.added_at, a.id)::int n, x.n item_n, f.storage_key, f.key_wrapped, f.size, f.sha256, f.media_type, f.scan, a.id attachment_id
    from transfer_case x join attachment a on a.district_id = x.district_id and a.case_id = x.case_id
    join stored_file f on f.district_id = a.district_id and f.id = a.file_id
    where x.transfer_id = ${transferId}::uuid order by 2`;
  const fileNumber = new Map(files.map((file) => [file.attachment_id, file.n]));
  const cases = await tx.$queryRaw<{ n: number; content: RawContent }[]>`
    select x.n, json_build_object(
      'originCaseId', coalesce(c.origin_case_id, c.id), 'number', c.number,
      'person', json_build_object('given', coalesce(s.given_name, p.given_name), 'middle', coalesce(s.middle_name, p.middle_name), 'family', coalesce(s.family_name, p.family_name), 'preferred', coalesce(s.preferred_name, p.preferred_name),
        'birthDate', coalesce(s.birth_date, p.birth_date), 'stateId', coalesce(s.state_id, p.state_id), 'grade', coalesce(s.grade, p.grade), 'onRoster', s.id is not null),
      'building', b.name, 'team', t.name, 'teamLeader', l.name, 'manager', m.name, 'status', c.status, 'level', c.level, 'openedAt', to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'assigned', coalesce((select json_agg(u.name order by u.name) from case_assignment ca join membership u on u.district_id = ca.district_id and u.id = ca.membership_id where ca.district_id = c.district_id and ca.case_id = c.id), '[]'),
      'notes', coalesce((select json_agg(json_build_object('id', o.id, 'author', o.author_name || case when o.received then coalesce(', ' || od.name, '') else '' end, 'writtenAt', to_char(o.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'body', o.body) order by o.written_at, o.id)
        from note o where o.district_id = c.district_id and o.case_id = c.id), '[]'),
      'strategies', coalesce((select json_agg(json_build_object('text', y.text, 'startedOn', y.started_on, 'endedOn', y.ended_on, 'outcome', y.outcome) order by y.started_on nulls last, y.id) from strategy y where y.district_id = c.district_id and y.case_id = c.id), '[]'),
      'tasks', coalesce((select json_agg(json_build_object('text', k.text, 'assignee', coalesce(km.name, k.assignee_name), 'dueOn', k.due_on, 'doneAt', to_char(k.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by k.due_on nulls last, k.id)
        from task k left join membership km on km.district_id = k.district_id and km.id = k.assignee_id where k.district_id = c.district_id and k.case_id = c.id), '[]'),
      'attachments', coalesce((select json_agg(json_build_object('id', a.id, 'fileId', a.file_id, 'name', a.name, 'addedBy', a.added_by_name, 'addedAt', to_char(a.added_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'noteId', a.note_id) order by a.added_at, a.id)
        from attachment a where a.district_id = c.district_id and a.case_id = c.id), '[]')) content
    from transfer_case x join "case" c on c.district_id = x.district_id and c.id = x.case_id
    left join student s on s.district_id = c.district_id and s.id = c.student_id
    left join person p on p.district_id = c.district_id and p.id = c.person_id
    left join building b on b.district_id = c.district_id and b.id = c.building_id
    left join team t on t.district_id = c.district_id and t.id = c.team_id
    left join membership l on l.district_id = t.district_id and l.id = t.leader_id
    left join membership m on m.district_id = c.district_id and m.id = c.manager_id
    left join district od on od.id = c.origin_district_id
    where x.transfer_id = ${transferId}::uuid order by x.n`;
  const carried = new Set(cases.flatMap(({ content }) => content.attachments.map((one) => one.id)));
  const [about] = await tx.$queryRaw<
    [{ dispatch_id: string; notes_sealed: Uint8Array | null; name: string; email: string; expiry_days: number }]
  >`
    select d.id dispatch_id, d.notes_sealed, m.name, m.email, coalesce(s.expiry_days, 14) expiry_days
    from transfer t join dispatch d on d.district_id = t.sending_district_id and d.id = t.dispatch_id
    join membership m on m.district_id = t.sending_district_id and m.id = t.sent_by
    left join district_settings s on s.district_id = t.sending_district_id
    where t.id = ${transferId}::uuid`;
  return {
    cover: { sentBy: about.name, sentByEmail: about.email },
    dispatchId: about.dispatch_id,
    notesSealed: about.notes_sealed,
    expiryDays: about.expiry_days,
    cases: cases.map(({ n, content }) => ({
      n,
      content: {
        ...content,
        notes: content.notes.map(({ author, writtenAt, body }) => ({ author, writtenAt, body })),
        attachments: content.attachments.flatMap(({ id, fileId, name, addedBy, addedAt, noteId }) => {
          const file = fileNumber.get(id);
          // Added between the two statements: too late for this package.
          if (file === undefined) return [];
          const note = noteId === null ? -1 : content.notes.findIndex((one) => one.id === noteId);
          return [{ fileId, file, name, addedBy, addedAt, note: note < 0 ? null : note }];
        }),
      },
    })),
    // Without those that were removed between the two statements.
    files: files
      .filter((file) => carried.has(file.attachment_id))
      .map((file) => ({
        fileId: file.file_id,
        n: file.n,
        itemN: file.item_n,
        storageKey: file.storage_key,
        keyWrapped: file.key_wrapped,
        size: file.size,
        sha256: file.sha256,
        mediaType: file.media_type,
        scan: file.scan,
      })),
  };
}

type RawContent = Omit<CaseContent, "notes" | "attachments"> & {
  notes: (CaseContent["notes"][number] & { id: string })[];
  attachments: { id: string; fileId: string; name: string; addedBy: string; addedAt: string; noteId: string | null }[];
};
