import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { type APIRequestContext, request } from "@playwright/test";
import { encode } from "next-auth/jwt";
import type pg from "pg";
import { setEnv } from "@/lib/env";
import { sealContent } from "@/lib/requests/request-content";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { keys } from "@/lib/storage/keys";
import { newCode } from "@/lib/transfers/authorization-code";
import { bound } from "@/lib/transfers/package-place";
import { ownOrigin, serverSettings } from "./calls";

/** A word that stands in everything that a made-up district has to itself, and nowhere else. Its name is public and doesn't hold it. */
export const markOf = (n: number): string => `kqz${String(n).padStart(3, "0")}w`;
const mark = "'kqz' || lpad(split_part(d.slug, '-', 2), 3, '0') || 'w'";
export const slugOf = (prefix: string, n: number): string => `${prefix}-${n}`;

/**
 * Puts districts of one's own into a running server's database, each with two admins (all permissions), a member with none, and something
 * of each kind; each has sent cases and documents to its neighbor and asked it for records.
 */
export async function makeDistricts(owner: pg.Pool, prefix: string, count: number): Promise<void> {
  // A test that is run again finds them.
  const { rowCount } = await owner.query("select 1 from district where slug = $1", [slugOf(prefix, 1)]);
  if (rowCount !== 0) return;
  const from = `from district d where d.slug like '${prefix}-%'`;
  const neighbor = `join district o on o.slug = '${prefix}-' || (split_part(d.slug, '-', 2)::int % ${count} + 1)`;
  const one = (table: string, alias: string) =>
    `cross join lateral (select * from ${table} where district_id = d.id order by id limit 1) ${alias}`;
  const bytes = "sha256(convert_to(gen_random_uuid()::text, 'UTF8'))";
  await run(owner, [
    `insert into district (nces_id, name, state, slug, case_transfers_on) select left('${prefix}', 2) || lpad(n::text, 5, '0'), initcap('${prefix}') || ' ' || n, 'TX', '${prefix}-' || n, true from generate_series(1, ${count}) n`,
    `insert into district_settings (district_id) select d.id ${from}`,
    `insert into app_user (email, name) select who || '@' || d.slug || '.example', who || ' ' || ${mark} from district d, unnest(array['admin', 'second', 'staff']) who where d.slug like '${prefix}-%'`,
    `insert into membership (district_id, user_id, username, name, email, permissions, joined_at)
     select d.id, u.id, split_part(u.email, '@', 1), u.name, u.email, case when u.email like 'staff@%' then '{}' else array['manageCases', 'manageDocuments', 'manageDistrict', 'purge'] end, now()
     from district d join app_user u on split_part(u.email, '@', 2) = d.slug || '.example' where d.slug like '${prefix}-%'`,
    `insert into building (district_id, name) select d.id, 'Building ' || ${mark} ${from}`,
    `insert into team (district_id, name) select d.id, 'Team ' || ${mark} ${from}`,
    `insert into student (district_id, sis_id, given_name, family_name, birth_date, building_id, state_id)
     select d.id, ${mark} || '-' || i, 'Given' || i, initcap(${mark}), date '2012-01-15' + i, b.id, ${mark} || i from district d ${one("building", "b")}, generate_series(1, 3) i where d.slug like '${prefix}-%'`,
    `insert into "case" (district_id, number, student_id, building_id, team_id, manager_id) select d.id, ${mark} || '-' || row_number() over (partition by d.id), s.id, s.building_id, t.id, m.id
     from district d join student s on s.district_id = d.id ${one("team", "t")} ${one("membership", "m")} where d.slug like '${prefix}-%'`,
    `insert into note (district_id, case_id, author_name, body) select d.id, c.id, 'Author ' || ${mark}, 'Note ' || ${mark} from district d join "case" c on c.district_id = d.id where d.slug like '${prefix}-%'`,
    `insert into strategy (district_id, case_id, text) select d.id, c.id, 'Strategy ' || ${mark} from district d join "case" c on c.district_id = d.id where d.slug like '${prefix}-%'`,
    `insert into task (district_id, case_id, text) select d.id, c.id, 'Task ' || ${mark} from district d join "case" c on c.district_id = d.id where d.slug like '${prefix}-%'`,
  ]);
  await storeFiles(owner, prefix);
  await run(owner, [
    `insert into attachment (district_id, case_id, file_id, name, added_by_name) select d.id, c.id, f.id, ${mark} || '.txt', 'Author ' || ${mark}
     from district d ${one('"case"', "c")} cross join lateral (select id from stored_file where district_id = d.id order by storage_key limit 3) f where d.slug like '${prefix}-%'`,
    `insert into document (district_id, student_id, file_id, title, type, added_by_name) select d.id, s.id, f.id, 'Document ' || ${mark}, 'iep', 'Author ' || ${mark}
     from district d ${one("student", "s")} cross join lateral (select id from stored_file where district_id = d.id order by storage_key limit 3 offset 3) f where d.slug like '${prefix}-%'`,
    `insert into dispatch (district_id, created_by, student_id) select d.id, m.id, case when i % 2 = 0 then s.id end from district d join membership m on m.district_id = d.id and m.username = 'admin' ${one("student", "s")}, generate_series(1, 4) i where d.slug like '${prefix}-%'`,
    `insert into dispatch_case (district_id, dispatch_id, case_id) select d.id, x.id, c.id from district d join dispatch x on x.district_id = d.id and x.student_id is null ${one('"case"', "c")} where d.slug like '${prefix}-%'`,
    `insert into dispatch_document (district_id, dispatch_id, document_id) select d.id, x.id, c.id from district d join dispatch x on x.district_id = d.id and x.student_id is not null ${one("document", "c")} where d.slug like '${prefix}-%'`,
    `insert into transfer (reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user)
     select 'T-' || left(x.id::text, 13), case when x.student_id is null then 'cases' else 'documents' end, x.id, d.id, o.id, 1, m.id, m.user_id
     from district d ${neighbor} join membership m on m.district_id = d.id and m.username = 'second' cross join lateral (select distinct on (student_id is null) * from dispatch where district_id = d.id order by student_id is null, id) x where d.slug like '${prefix}-%'`,
    `update transfer t set status = case t.kind when 'cases' then 'pending' else 'held' end, sent_at = now(), expires_at = now() + interval '10 days', code_version = 1 from district d where d.id = t.sending_district_id and d.slug like '${prefix}-%'`,
    `insert into transfer_key (transfer_id, salt, verifier, code_sealed, key_by_code, key_by_sender) select t.id, ${bytes}, ${bytes}, ${bytes}, ${bytes}, ${bytes} from transfer t join district d on d.id = t.sending_district_id and d.slug like '${prefix}-%' where t.kind = 'cases'`,
    `insert into record_request (reference, requesting_district_id, holding_district_id, kind, content_sealed, requested_by, requested_by_name)
     select 'R-' || d.slug, d.id, o.id, 'documents', ${bytes}, m.id, 'Somebody' from district d ${neighbor} join membership m on m.district_id = d.id and m.username = 'admin' where d.slug like '${prefix}-%'`,
    `insert into roster_import (district_id, status, file_name, file_bytes, uploaded_by_name) select d.id, 'ready', ${mark} || '.zip', 1, 'Author ' || ${mark} ${from}`,
  ]);
  await makeRetention(owner, `d.slug like '${prefix}-%'`);
  await sealSecrets(owner, prefix);
}

/**
 * Gives districts what retention and the calendar know, under students of its own: a rule by which two old transcripts are due, one of them
 * proposed by somebody who isn't the admin; a hold, a certificate, days without school. Given once, it's there.
 */
export async function makeRetention(owner: pg.Pool, which: string): Promise<void> {
  const from = `from district d`;
  const where = `where ${which} and not exists (select 1 from school_break z where z.district_id = d.id and z.name = 'Break ' || ${mark})`;
  const kept = (n: number) => `join student s on s.district_id = d.id and s.sis_id = 'kept-' || ${n}`;
  const member = (alias: string) =>
    `cross join lateral (select * from membership where district_id = d.id and permissions && array['purge', 'manageDistrict'] and disabled_at is null order by username = 'second' desc, username <> 'admin' desc limit 1) ${alias}`;
  await run(owner, [
    `insert into student (district_id, sis_id, given_name, family_name) select d.id, 'kept-' || i, 'Kept', initcap(${mark}) ${from}, generate_series(1, 2) i ${where}`,
    // Files that nothing else is stored in, where there are any.
    `insert into document (district_id, student_id, file_id, title, type, dated_on, added_by_name)
     select d.id, s.id, f.id, 'Document ' || ${mark}, 'transcript', date '2000-01-15' + f.n::int, 'Author ' || ${mark} ${from} ${kept(1)}
     cross join lateral (select x.id, row_number() over () n from (select o.id from stored_file o where o.district_id = d.id
       order by exists (select 1 from document e where e.file_id = o.id) or exists (select 1 from attachment a where a.file_id = o.id), o.storage_key limit 2) x) f ${where}`,
    `insert into retention_rule (district_id, kind, keep, years, counted_from, saved_by, saved_by_name) select d.id, 'transcript', 'years', 20, 'date', m.id, m.name ${from} ${member("m")} ${where} on conflict do nothing`,
    `insert into legal_hold (district_id, student_id, reason, placed_by, placed_by_name) select d.id, s.id, 'Reason ' || ${mark}, m.id, m.name ${from} ${kept(2)} ${member("m")} ${where}`,
    `insert into purge_proposal (district_id, number, reason, proposed_by, proposed_by_user, proposed_by_name) select d.id, 'D-2020-000001', 'Reason ' || ${mark}, m.id, m.user_id, m.name ${from} ${member("m")} ${where}`,
    `insert into purge_proposal_item (district_id, proposal_id, kind, subject_id, student_id, mark, due_on)
     select d.id, p.id, c.type, c.id, c.student_id, c.version::text, date '2020-01-15' ${from} join purge_proposal p on p.district_id = d.id and p.number = 'D-2020-000001' ${kept(1)}
     cross join lateral (select * from document where district_id = d.id and student_id = s.id order by dated_on limit 1) c ${where}`,
    `insert into purge_certificate (district_id, number, student_id, purged_by_name, reason, items) select d.id, 'P-2020-000001', s.id, 'Author ' || ${mark}, 'Reason ' || ${mark}, '[]' ${from} ${kept(1)} ${where}`,
    // Last: by it it's known that the rest is there.
    `insert into school_break (district_id, name, from_date, to_date) select d.id, 'Break ' || ${mark}, '2026-12-21', '2027-01-01' ${from} ${where}`,
  ]);
}

async function run(owner: pg.Pool, statements: readonly string[]): Promise<void> {
  for (const statement of statements)
    await owner.query(statement).catch((error: Error) => {
      throw new Error(`${error.message} in: ${statement.slice(0, 200)}`);
    });
}

/** Files in the server's own storage, under the district's key: three for attachments, three for documents, two for what is due. */
async function storeFiles(owner: pg.Pool, prefix: string): Promise<void> {
  setEnv(await serverSettings());
  const { rows } = await owner.query<{ id: string; n: number }>(
    `select id, split_part(slug, '-', 2)::int n from district where slug like '${prefix}-%'`,
  );
  for (const { id, n } of rows)
    for (let i = 0; i < 8; i++) {
      const source = Readable.from([Buffer.from(`File of ${markOf(n)}`)]);
      const { size, sha256, mediaType, ...address } = await writeFile({ source, name: "file.txt" });
      const { storageKey, keyWrapped } = keepAddress(id, address);
      await owner.query(
        "insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type) values ($1, $2, $3, $4, $5, $6)",
        [id, storageKey, Buffer.from(keyWrapped), size, sha256, mediaType],
      );
    }
}

/** What the shared rows carry sealed: the code of each pending transfer, and whom each record request is about. */
async function sealSecrets(owner: pg.Pool, prefix: string): Promise<void> {
  const { rows: transfers } = await owner.query<{ id: string; sender: string; receiver: string }>(
    `select t.id, t.sending_district_id sender, t.receiving_district_id receiver from transfer t join transfer_key k on k.transfer_id = t.id
     join district d on d.id = t.sending_district_id and d.slug like '${prefix}-%'`,
  );
  for (const { id, sender, receiver } of transfers) {
    const place = { transferId: id, sendingDistrictId: sender, receivingDistrictId: receiver };
    const sealed = (secret: Buffer, what: string) => keys().wrapForDistrict(sender, secret, bound(place, what));
    await owner.query("update transfer_key set code_sealed = $2, key_by_sender = $3 where transfer_id = $1", [
      id,
      sealed(Buffer.from(newCode()), "code"),
      sealed(randomBytes(32), "key by sender"),
    ]);
  }
  const { rows: requests } = await owner.query<{ id: string }>(
    `select id from record_request where reference like 'R-${prefix}-%'`,
  );
  const about = { given: "Somebody", family: "Sought", birthDate: "2012-01-15", grade: null, owner: null, sisId: null };
  for (const { id } of requests)
    await owner.query("update record_request set content_sealed = $2 where id = $1", [
      id,
      Buffer.from(sealContent(id, { ...about, message: "" })),
    ]);
}

/** Signs somebody in behind the form's back: a session's row and the cookie that names it. Gives a caller who has that cookie. */
export async function signedIn(owner: pg.Pool, email: string): Promise<APIRequestContext> {
  const token = randomBytes(32).toString("base64url");
  const { rowCount } = await owner.query(
    "insert into session (token_hash, user_id) select $1, id from app_user where email = $2",
    [createHash("sha256").update(token).digest(), email],
  );
  if (rowCount !== 1) throw new Error(`nobody has the address ${email}`);
  const { NEXTAUTH_SECRET = "" } = await serverSettings();
  const value = await encode({ token: { baton: token }, secret: NEXTAUTH_SECRET, maxAge: 43_200 });
  const cookie = { name: "baton-session", value, domain: "localhost", path: "/", expires: -1 };
  return request.newContext({
    baseURL: ownOrigin(),
    maxRedirects: 0,
    storageState: { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" }], origins: [] },
  });
}
