import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withConnection } from "@/lib/run/postgres";
import {
  caseStatuses,
  documentStatuses,
  isDecided,
  nextStatus,
  type TransferKind,
  type TransferSide,
  type TransferStatus,
  type TransferVerb,
  transferRules,
} from "@/lib/transfers/state";
import { testDatabase } from "../../support/database";
import { makeWorld } from "../../support/world";
import { addDocument, addStudent } from "./document-hand-over";
import { sent } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const verbs = [...new Set(transferRules.map((rule) => rule.verb))];
const sides: TransferSide[] = ["sender", "receiver", "time"];
const verifier = Buffer.alloc(32, 7);
const statuses: Record<TransferKind, readonly TransferStatus[]> = { cases: caseStatuses, documents: documentStatuses };
const kinds = ["cases", "documents"] as const;
const every = kinds.flatMap((kind) => statuses[kind].map((status) => [kind, status] as const));
const reached = new Map<string, string>();
const idOf = (kind: TransferKind, status: TransferStatus) => reached.get(`${kind} ${status}`) as string;
let redo: { studentId: string; documentId: string };

/** A transfer per kind and status, made behind the trigger's back from one that was really sent: with key, package, intake and documents. */
beforeAll(async () => {
  const model = await sent(world);
  const student = await addStudent(world, riverbend);
  const own = await addStudent(world, lakeview);
  redo = { studentId: own.id, documentId: await addDocument(world, lakeview, own.id) };
  for (const [kind, status] of every) {
    const id = randomUUID();
    reached.set(`${kind} ${status}`, id);
    await sql(
      `with dispatched as (insert into dispatch (district_id, created_by) values ($3, $4) returning id)
       insert into transfer (id, reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user, expires_at, code_version)
       select $1, $2, $7, dispatched.id, $3, $5, 1, $4, $6, now() + interval '1 day', 1 from dispatched`,
      [
        id,
        `S-${kind}-${status}`,
        lakeview.id,
        lakeview.manager.membershipId,
        riverbend.id,
        lakeview.manager.userId,
        kind,
      ],
    );
    if (kind === "documents") {
      const documentId = await addDocument(world, riverbend, student.id);
      await sql("update document set origin_transfer_id = $2 where id = $1", [documentId, id]);
    }
    await sql("insert into intake (district_id, transfer_id, n, decision, decided_by) values ($1, $2, 1, 'new', $3)", [
      riverbend.id,
      id,
      riverbend.manager.membershipId,
    ]);
    if (kind === "cases" && !isDecided(kind, status) && status !== "preparing") {
      await sql(
        "insert into transfer_key select $1, salt, $2, code_sealed, key_by_code, key_by_sender from transfer_key where transfer_id = $3",
        [id, verifier, model.id],
      );
    }
    await withConnection(testDatabase().superuserUrl, async (client) => {
      await client.query("set session_replication_role = replica");
      await client.query("update transfer set status = $2, decided_at = case when $3 then now() end where id = $1", [
        id,
        status,
        isDecided(kind, status),
      ]);
    });
  }
});

const app = new pg.Client({ connectionString: testDatabase().databaseUrl });
const owner = new pg.Client({ connectionString: testDatabase().adminUrl });
beforeAll(() => Promise.all([app.connect(), owner.connect()]));
afterAll(() => Promise.all([app.end(), owner.end()]));

/** What a side's district calls, in a transaction that is rolled back; gives the status after it. */
async function attempt(
  kind: TransferKind,
  status: TransferStatus,
  verb: TransferVerb,
  side: TransferSide,
): Promise<TransferStatus> {
  const id = idOf(kind, status);
  // The clock is nobody's: its verb comes from either side's worker once the time is over, all other verbs from a stranger.
  const district =
    side === "sender" ? lakeview.id : side === "receiver" ? riverbend.id : verb === "expire" ? lakeview.id : maple.id;
  if (side === "time") await sql("update transfer set expires_at = now() - interval '1 second' where id = $1", [id]);
  else await sql("update transfer set expires_at = now() + interval '1 day' where id = $1", [id]);
  await app.query("begin");
  try {
    await app.query("select set_config('app.district_id', $1, true), set_config('app.transfer_id', $2, true)", [
      district,
      id,
    ]);
    await app.query("savepoint before");
    try {
      if (verb === "seal")
        await app.query(
          "select exchange_seal($1, 0, now() + interval '1 day', ''::bytea, $2, ''::bytea, ''::bytea, ''::bytea)",
          [id, verifier],
        );
      else if (verb === "unlock") await app.query("select exchange_unlock($1, 1, $2, ''::bytea)", [id, verifier]);
      else if (verb === "redo") await claimRedo(id);
      else await app.query("select exchange_decide($1, $2, 'why')", [id, verb]);
    } catch (error) {
      // Saving where there's nothing to save raises: that is a refusal too.
      if ((error as { code?: string }).code !== "BT006") throw error;
      await app.query("rollback to before");
    }
    await app.query("select set_config('app.district_id', $1, true)", [lakeview.id]);
    const { rows } = await app.query<{ status: TransferStatus }>("select status from transfer where id = $1", [id]);
    return rows[0]?.status as TransferStatus;
  } finally {
    await app.query("rollback");
  }
}

/** Sends a draft that does a transfer again, as somebody of whichever district is set: only the sender's has the draft. */
async function claimRedo(id: string): Promise<void> {
  const draft = randomUUID();
  const { rows } = await app.query<{ district: string }>("select current_district() district");
  if (rows[0]?.district !== lakeview.id) return;
  await app.query("select set_config('app.membership_id', $1, true), set_config('app.user_id', $2, true)", [
    lakeview.manager.membershipId,
    lakeview.manager.userId,
  ]);
  await app.query(
    "insert into dispatch (district_id, id, created_by, student_id, redo_of) values ($1, $2, $3, $4, $5)",
    [lakeview.id, draft, lakeview.manager.membershipId, redo.studentId, id],
  );
  await app.query("insert into dispatch_document (district_id, dispatch_id, document_id) values ($1, $2, $3)", [
    lakeview.id,
    draft,
    redo.documentId,
  ]);
  await app.query("select exchange_claim_documents($1, $2, 'enrollment')", [draft, riverbend.id]);
}

test("the database's table is the program's", async () => {
  const rows = await sql(
    "select kind, from_status, verb, side, to_status from transfer_rule order by kind, from_status, verb",
  );
  const ours = transferRules.map(({ kind, from, verb, side, to }) => ({
    kind,
    from_status: from,
    verb,
    side,
    to_status: to,
  }));
  expect(rows).toEqual(
    ours.sort(
      (a, b) =>
        a.kind.localeCompare(b.kind) || a.from_status.localeCompare(b.from_status) || a.verb.localeCompare(b.verb),
    ),
  );
});

describe("every status × verb × side, through the functions that the app may call", () => {
  test.each(every)("%s %s", async (kind, status) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const verb of verbs) {
      for (const side of sides) {
        found[`${verb} by ${side}`] = await attempt(kind, status, verb, side);
        wanted[`${verb} by ${side}`] = nextStatus(kind, status, verb, side) ?? status;
      }
    }
    expect(found).toEqual(wanted);
  });
});

describe("every step from status to status, by the owner's own UPDATE", () => {
  test.each(every)("%s %s", async (kind, from) => {
    for (const to of [...caseStatuses, ...documentStatuses]) {
      await owner.query("begin");
      const done = await owner.query("update transfer set status = $2 where id = $1", [idOf(kind, from), to]).then(
        () => true,
        (error: { code?: string }) => (error.code === "BT004" ? false : Promise.reject(error)),
      );
      await owner.query("rollback");
      expect({ from, to, done }).toEqual({
        from,
        to,
        done: from === to || transferRules.some((rule) => rule.kind === kind && rule.from === from && rule.to === to),
      });
    }
  });

  test("a transfer begins as preparing, keeps its districts, and knows no other status or kind", async () => {
    const id = idOf("cases", "pending");
    const refused = (text: string, values: unknown[] = []) =>
      expect(sql(text, values)).rejects.toMatchObject({ code: "BT004" });
    await refused(
      "insert into transfer (reference, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user, status) select 'X', dispatch_id, sending_district_id, $2, 1, sent_by, sent_by_user, 'unlocked' from transfer where id = $1",
      [id, maple.id],
    );
    await refused("update transfer set receiving_district_id = $2 where id = $1", [id, maple.id]);
    await refused("update transfer set sending_district_id = $2 where id = $1", [id, maple.id]);
    await refused("update transfer set kind = 'documents' where id = $1", [id]);
    await refused("update transfer set status = 'delivered' where id = $1", [id]);
  });
});
