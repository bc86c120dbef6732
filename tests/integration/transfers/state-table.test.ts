import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withConnection } from "@/lib/run/postgres";
import {
  caseStatuses,
  isDecided,
  nextStatus,
  type TransferSide,
  type TransferStatus,
  type TransferVerb,
  transferRules,
} from "@/lib/transfers/state";
import { testDatabase } from "../../support/fresh-database";
import { makeWorld } from "../../support/world";
import { sent } from "./hand-over";

const world = await makeWorld();
const { lakeview, riverbend, maple, sql } = world;
const verbs: TransferVerb[] = ["seal", "fail", "unlock", "reject", "cancel", "expire", "save"];
const sides: TransferSide[] = ["sender", "receiver", "time"];
const verifier = Buffer.alloc(32, 7);
const reached = new Map<TransferStatus, string>();

/** A transfer per status, made behind the trigger's back from one that was really sent: with key, package and intake. */
beforeAll(async () => {
  const model = await sent(world);
  for (const status of caseStatuses) {
    const id = randomUUID();
    reached.set(status, id);
    await sql(
      `with dispatched as (insert into dispatch (district_id, created_by) values ($3, $4) returning id)
       insert into transfer (id, reference, dispatch_id, sending_district_id, receiving_district_id, item_count, sent_by, sent_by_user, expires_at, code_version)
       select $1, $2, dispatched.id, $3, $5, 1, $4, $6, now() + interval '1 day', 1 from dispatched`,
      [id, `S-${status}`, lakeview.id, lakeview.manager.membershipId, riverbend.id, lakeview.manager.userId],
    );
    await sql("insert into intake (district_id, transfer_id, n, decision, decided_by) values ($1, $2, 1, 'new', $3)", [
      riverbend.id,
      id,
      riverbend.manager.membershipId,
    ]);
    if (!isDecided(status) && status !== "preparing") {
      await sql(
        "insert into transfer_key select $1, salt, $2, code_sealed, key_by_code, key_by_sender from transfer_key where transfer_id = $3",
        [id, verifier, model.id],
      );
    }
    await withConnection(testDatabase.superuserUrl, async (client) => {
      await client.query("set session_replication_role = replica");
      await client.query("update transfer set status = $2, decided_at = case when $3 then now() end where id = $1", [
        id,
        status,
        isDecided(status),
      ]);
    });
  }
});

const app = new pg.Client({ connectionString: testDatabase.databaseUrl });
const owner = new pg.Client({ connectionString: testDatabase.adminUrl });
beforeAll(() => Promise.all([app.connect(), owner.connect()]));
afterAll(() => Promise.all([app.end(), owner.end()]));

/** What a side's district calls, in a transaction that is rolled back; gives the status after it. */
async function attempt(status: TransferStatus, verb: TransferVerb, side: TransferSide): Promise<TransferStatus> {
  const id = reached.get(status) as string;
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

test("the database's table is the program's", async () => {
  const rows = await sql(
    "select kind, from_status, verb, side, to_status from transfer_rule order by from_status, verb",
  );
  const ours = transferRules.map(({ kind, from, verb, side, to }) => ({
    kind,
    from_status: from,
    verb,
    side,
    to_status: to,
  }));
  expect(rows).toEqual(ours.sort((a, b) => a.from_status.localeCompare(b.from_status) || a.verb.localeCompare(b.verb)));
});

describe("every status × verb × side, through the functions that the app may call", () => {
  test.each(caseStatuses)("%s", async (status) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const verb of verbs) {
      for (const side of sides) {
        found[`${verb} by ${side}`] = await attempt(status, verb, side);
        wanted[`${verb} by ${side}`] = nextStatus(status, verb, side) ?? status;
      }
    }
    expect(found).toEqual(wanted);
  });
});

describe("every step from status to status, by the owner's own UPDATE", () => {
  test.each(caseStatuses)("%s", async (from) => {
    for (const to of caseStatuses) {
      await owner.query("begin");
      const done = await owner.query("update transfer set status = $2 where id = $1", [reached.get(from), to]).then(
        () => true,
        (error: { code?: string }) => (error.code === "BT004" ? false : Promise.reject(error)),
      );
      await owner.query("rollback");
      expect({ from, to, done }).toEqual({
        from,
        to,
        done: from === to || transferRules.some((rule) => rule.from === from && rule.to === to),
      });
    }
  });

  test("a transfer begins as preparing, keeps its districts, and knows no other status or kind", async () => {
    const id = reached.get("pending") as string;
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
