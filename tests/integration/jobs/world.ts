import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import { env } from "@/lib/env";
import type { Actor, Permission } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { writeFile } from "@/lib/storage/files";
import { sendCases } from "@/lib/transfers/send-cases";

/** Names that may stand in no mail. */
export const canaries = ["Zuleika", "Canarybird", "canary-yellow", "canary-plan.txt", "canary notes", "Canary reason"];

export type World = { sender: Side; receiver: Side };
export type Side = { districtId: string; slug: string; manager: Actor; staff: Actor };

/** Runs SQL as the owner of the tables: past the doors, for setting a scene and for looking at what is there. */
export async function sql<Row extends pg.QueryResultRow = Record<string, unknown>>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: env().DATABASE_ADMIN_URL });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Two districts with their switches on; in each a case manager, a second one who is disabled, one who never joined, and staff. */
export async function makeWorld(): Promise<World> {
  return { sender: await makeSide(), receiver: await makeSide() };
}

async function makeSide(): Promise<Side> {
  const slug = `d-${randomUUID().slice(0, 8)}`;
  const [district] = await sql<{ id: string }>(
    "insert into district (nces_id, name, state, slug, case_transfers_on) values ($1, $2, 'TX', $3, true) returning id",
    [String(9_000_000 + Math.floor(Math.random() * 900_000)), `District ${slug}`, slug],
  );
  const districtId = district?.id as string;
  await sql("insert into district_settings (district_id) values ($1)", [districtId]);
  const manager = await makeMember(districtId, slug, "manager", ["manageCases"]);
  const staff = await makeMember(districtId, slug, "staff", []);
  await makeMember(districtId, slug, "gone", ["manageCases"], "disabled_at = now()");
  await makeMember(districtId, slug, "invited", ["manageCases"], "joined_at = null");
  return { districtId, slug, manager, staff };
}

export async function makeMember(
  districtId: string,
  slug: string,
  username: string,
  permissions: Permission[],
  change?: string,
): Promise<Actor> {
  const email = `${username}@${slug}.example`;
  const [user] = await sql<{ id: string }>("insert into app_user (email, name) values ($1, $2) returning id", [
    email,
    username,
  ]);
  const [member] = await sql<{ id: string }>(
    "insert into membership (district_id, user_id, username, name, email, permissions, joined_at) values ($1, $2, $3, $4, $5, $6, now()) returning id",
    [districtId, user?.id, username, `${username} of ${slug}`, email, permissions],
  );
  if (change) await sql(`update membership set ${change} where id = $1`, [member?.id]);
  return {
    userId: user?.id as string,
    membershipId: member?.id as string,
    districtId,
    name: username,
    permissions: new Set(permissions),
    ip: null,
  };
}

/** A case about Zuleika Canarybird with a note and a file; `staff` is assigned to it. Gives its id and where the file lies. */
export async function makeCase(side: Side): Promise<{ caseId: string; storageKey: string }> {
  const caseId = randomUUID();
  const file = await writeFile({ source: Readable.from([Buffer.from("canary-yellow plan")]), name: "canary-plan.txt" });
  const { storageKey, keyWrapped } = keepAddress(side.districtId, file);
  await sql(
    `with s as (insert into student (district_id, sis_id, given_name, family_name) values ($1, $2, 'Zuleika', 'Canarybird') returning id),
      c as (insert into "case" (district_id, id, number, student_id) select $1, $3::uuid, $4, s.id from s returning id),
      f as (insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type) values ($1, $5, $6, $7, $8, 'text/plain') returning id)
     select 1 from c, f`,
    [
      side.districtId,
      randomUUID(),
      caseId,
      `N-${randomUUID().slice(0, 8)}`,
      storageKey,
      Buffer.from(keyWrapped),
      file.size,
      file.sha256,
    ],
  );
  await sql(
    "insert into note (district_id, case_id, author_name, body) values ($1, $2, 'Somebody', 'threw a canary-yellow chair')",
    [side.districtId, caseId],
  );
  await sql(
    "insert into attachment (district_id, case_id, file_id, name, added_by_name) select $1, $2, f.id, 'canary-plan.txt', 'Somebody' from stored_file f where f.district_id = $1 and f.storage_key = $3",
    [side.districtId, caseId, storageKey],
  );
  await sql("insert into case_assignment (district_id, case_id, membership_id) values ($1, $2, $3)", [
    side.districtId,
    caseId,
    side.staff.membershipId,
  ]);
  return { caseId, storageKey };
}

/** Sends a case from one side to the other by the real verbs. */
export async function send(world: World, caseIds: readonly string[]): Promise<string> {
  const { sender, receiver } = world;
  const doors = doorsFor(sender.manager);
  const [dispatch] = await sql<{ id: string }>(
    "insert into dispatch (district_id, created_by) values ($1, $2) returning id",
    [sender.districtId, sender.manager.membershipId],
  );
  const dispatchId = dispatch?.id as string;
  await sql("insert into dispatch_case (district_id, dispatch_id, case_id) select $1, $2, unnest($3::uuid[])", [
    sender.districtId,
    dispatchId,
    caseIds,
  ]);
  const sent = await sendCases(doors, {
    dispatchId,
    receiverIds: [receiver.districtId],
    notes: "canary notes",
    legalBasis: "enrollment",
    spokeWith: null,
    spokeOn: null,
  });
  return sent.transferIds[0] as string;
}

export type MailRow = {
  id: string;
  district_id: string;
  event: string;
  to_address: string;
  status: string;
  tries: number;
  last_error: string | null;
  link: string | null;
};

/** The mails about a transfer, by address. */
export async function mailsOf(transferId: string, event?: string): Promise<MailRow[]> {
  return sql<MailRow>(
    "select * from mail where transfer_id = $1 and ($2::text is null or event = $2) order by to_address",
    [transferId, event ?? null],
  );
}

/** Waits until `check` gives something, looking every 50 ms; fails after ten seconds. */
export async function until<T>(check: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error("waited ten seconds in vain");
    await new Promise((done) => setTimeout(done, 50));
  }
}
