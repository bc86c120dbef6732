import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/policy";
import { connectAsApp } from "./as-app";
import { makeFullWorld } from "./full-world";

const { sql, lakeview, riverbend, maple, transfers } = await makeFullWorld();
const bytes = "'\\x00'::bytea";
const denied = "42501";

/** Every function of the exchange that takes a transfer's id, as somebody who knows one would call it. */
const calls: Record<string, (id: string) => string> = {
  exchange_decide: (id) =>
    `select exchange_decide('${id}', 'save', null), exchange_decide('${id}', 'cancel', null), exchange_decide('${id}', 'reject', 'x'), exchange_decide('${id}', 'expire', null), exchange_decide('${id}', 'fail', 'x')`,
  exchange_disclose_documents: (id) => `select exchange_disclose_documents('${id}')`,
  exchange_document_key: (id) => `select exchange_document_key('${id}')`,
  exchange_match: (id) =>
    `select * from exchange_match('${id}', 'Ana', null, 'Torres', '2012-01-15', null, false, 'S100', 'clerk')`,
  exchange_note_purge: (id) => `select exchange_note_purge('${id}', 'x')`,
  exchange_release_documents: (id) => `select exchange_release_documents('${id}', 'x')`,
  exchange_seal_documents: (id) => `select exchange_seal_documents('${id}', 1, ${bytes})`,
  exchange_show_identity: (id) => `select exchange_show_identity('${id}')`,
  exchange_new_code: (id) => `select exchange_new_code('${id}', 1, now(), ${bytes}, ${bytes}, ${bytes}, ${bytes})`,
  exchange_obstacle: (id) => `select exchange_obstacle('${id}')`,
  exchange_receiver_key: (id) => `select exchange_receiver_key('${id}')`,
  exchange_reminded: (id) => `select exchange_reminded('${id}')`,
  exchange_seal: (id) => `select exchange_seal('${id}', 0, now(), ${bytes}, ${bytes}, ${bytes}, ${bytes}, ${bytes})`,
  exchange_sender_secrets: (id) => `select * from exchange_sender_secrets('${id}')`,
  exchange_take_try: (id) => `select * from exchange_take_try('${id}')`,
  exchange_tries_left: (id) => `select exchange_tries_left('${id}')`,
  exchange_unlock: (id) => `select exchange_unlock('${id}', 1, ${bytes}, ${bytes})`,
  exchange_wrong_code: (id) => `select exchange_wrong_code('${id}', 1, 0)`,
};

const asApp = connectAsApp();

/** Asks through the exchange's door that was opened for a transfer; gives the last statement's rows, or the error's code. */
async function ask(actor: Actor, transfer: string, ...statements: string[]): Promise<unknown[] | string> {
  const { rows, code } = await asApp({ actor, transfer }, ...statements);
  return code ?? rows;
}
/** The same, but the door was opened for another transfer than the one that's asked for. */
const askBeside = (actor: Actor, text: string) => ask(actor, randomUUID(), text);

async function untouched(): Promise<string> {
  const rows = await sql(
    "select t.*, k.* from transfer t left join transfer_key k on k.transfer_id = t.id order by t.id",
  );
  return JSON.stringify([rows, await sql("select count(*) from transfer_event")]);
}

test("all functions of the exchange that the app may call are tried here", async () => {
  const found = await sql<{ name: string }>(
    "select proname::text name from pg_proc where pronamespace = 'public'::regnamespace and proname like 'exchange%' and has_function_privilege('baton_runtime', oid, 'EXECUTE') order by 1",
  );
  // Those take a dispatch or a record request: below.
  const others = [
    "exchange_answer_with_cases",
    "exchange_claim",
    "exchange_claim_documents",
    "exchange_decide_request",
    "exchange_note_reminders",
    "exchange_set_due",
  ];
  expect(found.map((row) => row.name)).toEqual([...Object.keys(calls), ...others].sort());
});

describe.each(Object.entries(calls))("%s", (_, call) => {
  test.each(Object.entries(transfers))(
    "answers a third district about a transfer that's %s as about none",
    async (_status, id) => {
      const before = await untouched();
      const none = await ask(maple.manager, id, call(randomUUID()).replaceAll(id, randomUUID()));
      expect(await ask(maple.manager, id, call(id))).toEqual(none);
      expect(await untouched()).toBe(before);
    },
  );

  test("answers a third district through a door that was opened for another transfer just so", async () => {
    expect(await askBeside(maple.manager, call(transfers.pending))).toEqual(
      await askBeside(maple.manager, call(randomUUID())),
    );
  });
});

test("a dispatch of another district, or of a colleague, is claimed by nobody", async () => {
  const [dispatch] = await sql<{ id: string }>(
    "select id from dispatch where district_id = $1 and sent_at is null limit 1",
    [lakeview.id],
  );
  const claim = `select * from exchange_claim('${dispatch?.id}', array['${riverbend.id}']::uuid[], 'enrollment', null, null)`;
  for (const actor of [maple.manager, riverbend.manager, lakeview.colleague])
    expect(await ask(actor, randomUUID(), claim)).toEqual([]);
});

test("documents are claimed, and record requests decided, by nobody of another district", async () => {
  const [dispatch] = await sql<{ id: string }>(
    "select id from dispatch where district_id = $1 and student_id is not null and sent_at is null limit 1",
    [lakeview.id],
  );
  const [request] = await sql<{ id: string }>("select id from record_request where holding_district_id = $1 limit 1", [
    riverbend.id,
  ]);
  const before = await untouched();
  for (const actor of [maple.clerk, riverbend.clerk, lakeview.admin]) {
    const claim = `select * from exchange_claim_documents('${dispatch?.id}', '${maple.id}', 'enrollment')`;
    expect(await ask(actor, randomUUID(), claim)).toEqual([]);
    const answer = `select exchange_answer_with_cases('${dispatch?.id}') answered`;
    expect(await ask(actor, randomUUID(), answer)).toEqual([{ answered: null }]);
  }
  const decide = (verb: string) => `select exchange_decide_request('${request?.id}', '${verb}', 'x') status`;
  expect(await ask(maple.clerk, randomUUID(), decide("decline"))).toEqual([{ status: null }]);
  expect(await ask(lakeview.clerk, randomUUID(), decide("decline"))).toEqual([{ status: null }]);
  expect(await ask(riverbend.clerk, randomUUID(), decide("withdraw"))).toEqual([{ status: null }]);
  expect(await untouched()).toBe(before);
});

test("a record request's due day and reminders are moved by nobody but the district that holds it", async () => {
  const [request] = await sql<{ id: string }>(
    "update record_request set due_on = '2026-12-04', due_days = 10, due_kind = 'working' where id = (select id from record_request where holding_district_id = $1 limit 1) returning id",
    [riverbend.id],
  );
  const set = `select exchange_set_due(array['${request?.id}']::uuid[], array['2030-01-01']::date[], array[1], array['school'], array[true]) n`;
  const remind = `select exchange_note_reminders(array['${request?.id}']::uuid[], array[3], array['2026-12-04']::date[]) id`;
  for (const actor of [maple.clerk, lakeview.clerk]) {
    expect(await ask(actor, randomUUID(), set)).toEqual([{ n: 0 }]);
    expect(await ask(actor, randomUUID(), remind)).toEqual([]);
  }
  const rows = await sql(
    "select due_on::text, due_days, due_kind, due_own, reminded from record_request where id = $1",
    [request?.id],
  );
  expect(rows).toEqual([{ due_on: "2026-12-04", due_days: 10, due_kind: "working", due_own: false, reminded: 0 }]);
});

test("a school calendar is read by those who have an open request to that district, and by nobody else", async () => {
  const seen = `select district_id from holding_calendars(array['${riverbend.id}', '${lakeview.id}']::uuid[]) order by 1`;
  expect(await ask(maple.clerk, randomUUID(), seen)).toEqual([]);
  const both = [{ district_id: lakeview.id }, { district_id: riverbend.id }];
  expect(await ask(lakeview.clerk, randomUUID(), seen)).toEqual(
    both.sort((a, b) => a.district_id.localeCompare(b.district_id)),
  );
});

describe("a document package", () => {
  const key = `select exchange_document_key('${transfers.documents}') is not null held`;

  test("is opened by the receiving district alone, through its own door", async () => {
    expect(await ask(riverbend.clerk, transfers.documents, key)).toEqual([{ held: true }]);
    expect(await askBeside(riverbend.clerk, key)).toEqual([{ held: false }]);
    for (const actor of [lakeview.clerk, maple.clerk])
      expect(await ask(actor, transfers.documents, key)).toEqual([{ held: false }]);
  });

  test("tells a sender nothing of the receiver's students", async () => {
    const match = `select * from exchange_match('${transfers.documents}', 'Ana', null, 'Torres', '2012-01-15', null, false, 'S100', 'clerk')`;
    expect(await ask(lakeview.clerk, transfers.documents, match)).toEqual([]);
  });

  test("what's quarantined is seen by no query that doesn't say so, and by no other district then", async () => {
    const count = "select count(*)::int n from document where quarantined_at is not null";
    expect(await ask(riverbend.clerk, randomUUID(), count)).toEqual([{ n: 0 }]);
    const open = "select set_config('app.quarantine', 'open', true)";
    expect(await ask(riverbend.clerk, randomUUID(), open, count)).toEqual([{ n: 1 }]);
    expect(await ask(maple.clerk, randomUUID(), open, count)).toEqual([{ n: 0 }]);
    expect(
      await ask(
        riverbend.clerk,
        randomUUID(),
        "update document set quarantined_at = null, quarantine = null where quarantined_at is not null returning id",
      ),
    ).toEqual([]);
  });
});

describe("the receiver", () => {
  const read = "select count(*)::int n from package_item union all select count(*)::int from package_file";

  test("reads nothing of a package before it's unlocked, and then of that one alone, through its door", async () => {
    const nothing = [{ n: 0 }, { n: 0 }];
    expect(await ask(riverbend.manager, transfers.pending, read)).toEqual(nothing);
    expect(
      await ask(riverbend.manager, transfers.pending, `select exchange_receiver_key('${transfers.pending}') key`),
    ).toEqual([{ key: null }]);
    expect(await askBeside(riverbend.manager, read)).toEqual(nothing);
    expect(await ask(riverbend.manager, transfers.unlocked, read)).toEqual([{ n: 2 }, { n: 1 }]);
    expect(await ask(riverbend.manager, transfers.completed, read)).toEqual(nothing);
  });

  test("doesn't learn the code, the sender's key, or that something is being prepared", async () => {
    for (const id of Object.values(transfers))
      expect(await ask(riverbend.manager, id, `select * from exchange_sender_secrets('${id}')`)).toEqual([]);
    expect(
      await ask(
        riverbend.manager,
        transfers.preparing,
        "select id from transfer where status = 'preparing' and sending_district_id <> current_district()",
      ),
    ).toEqual([]);
    expect(
      await ask(riverbend.manager, transfers.preparing, `select exchange_obstacle('${transfers.preparing}') o`),
    ).toEqual([{ o: "unknown" }]);
  });

  test("gets no further tries by asking for them, and can't unlock without the verifier", async () => {
    const take = `select o_obstacle from exchange_take_try('${transfers.pending}')`;
    const all = `${[1, 2, 3, 4, 5, 6].map(() => take).join(" union all ")}`;
    const rows = (await ask(riverbend.manager, transfers.pending, all)) as { o_obstacle: string }[];
    expect(rows.filter((row) => row.o_obstacle === "none").length).toBeLessThanOrEqual(5);
    expect(
      await ask(
        riverbend.manager,
        transfers.pending,
        `select exchange_unlock('${transfers.pending}', 1, ${bytes}, ${bytes}) o`,
      ),
    ).toEqual([{ o: "wrong" }]);
  });
});

describe("the sender", () => {
  test("can't unlock, reject or save its own transfer, even knowing the verifier", async () => {
    const [key] = await sql<{ hex: string }>(
      "select encode(verifier, 'hex') hex from transfer_key where transfer_id = $1",
      [transfers.pending],
    );
    const unlock = `select exchange_unlock('${transfers.pending}', 1, decode('${key?.hex}', 'hex'), ${bytes}) o`;
    expect(await ask(lakeview.manager, transfers.pending, unlock)).toEqual([{ o: "unknown" }]);
    expect(await ask(maple.manager, transfers.pending, unlock)).toEqual([{ o: "unknown" }]);
    expect(
      await ask(
        lakeview.manager,
        transfers.unlocked,
        `select exchange_decide('${transfers.unlocked}', 'reject', 'x') o`,
      ),
    ).toEqual([{ o: null }]);
    expect(await ask(riverbend.manager, transfers.pending, unlock)).toEqual([{ o: "unlocked" }]);
  });

  test("reads no package back, and adds nothing to one that's sealed", async () => {
    expect(await ask(lakeview.manager, transfers.unlocked, "select from package_item")).toEqual([]);
    expect(
      await ask(
        lakeview.manager,
        transfers.pending,
        `insert into package_item (transfer_id, n, sealed) values ('${transfers.pending}', 9, ${bytes})`,
      ),
    ).toBe(denied);
    expect(
      await ask(
        riverbend.manager,
        transfers.preparing,
        `insert into package_item (transfer_id, n, sealed) values ('${transfers.preparing}', 9, ${bytes})`,
      ),
    ).toBe(denied);
    expect(
      await askBeside(
        lakeview.manager,
        `insert into package_item (transfer_id, n, sealed) values ('${transfers.preparing}', 9, ${bytes})`,
      ),
    ).toBe(denied);
  });
});

describe("nobody", () => {
  const id = transfers.pending;
  test.each([
    ["advances a transfer by hand", `update transfer set status = 'unlocked' where id = '${id}'`],
    ["makes one", `insert into transfer select * from transfer where id = '${id}'`],
    ["takes one away", `delete from transfer where id = '${id}'`],
    ["reads a key", "select * from transfer_key"],
    ["changes a key", "update transfer_key set tries_used = 0"],
    ["reads a document package's key", "select * from package_key"],
    ["answers a record request by hand", "update record_request set status = 'answered', decided_at = now()"],
    ["answers one by the exchange's inner function", `select exchange_answer('${id}', '${id}', 'documents')`],
    ["takes a document into a transfer", "insert into transfer_document select * from transfer_document limit 1"],
    ["unwrites a purge certificate", "delete from purge_certificate"],
    ["calls the exchange's inner function", `select exchange_apply('${id}', 'unlock', null)`],
    ["writes a timeline", `select transfer_note('${id}', 'unlock', 'receiver', null)`],
    ["inserts an event", `insert into transfer_event (transfer_id, verb, side) values ('${id}', 'unlock', 'receiver')`],
    [
      "takes a case into a transfer",
      `insert into transfer_case (district_id, transfer_id, n, case_id, receiving_district_id) select district_id, transfer_id, 99, case_id, receiving_district_id from transfer_case limit 1`,
    ],
    ["writes an audit row by hand", "insert into audit select * from audit limit 1"],
    ["changes an audit head", "update audit_head set seq = 0"],
    ["unwrites a disclosure", "delete from disclosure"],
    ["becomes the exchange", "set local role baton_exchange"],
    ["becomes the owner", "set local role baton_owner"],
    ["becomes it by a setting", "select set_config('role', 'baton_exchange', true)"],
    ["plays a replica, for which triggers don't fire", "set local session_replication_role = replica"],
    ["takes the fence away", "alter table note disable row level security"],
    ["makes a function", "create function public.mine() returns int language sql as 'select 1'"],
  ])("%s", async (_, text) => {
    for (const actor of [lakeview.manager, riverbend.manager])
      expect(["42501", "42704"]).toContain(await ask(actor, id, text));
  });

  test("gets round the fence by switching it off: the question is refused instead", async () => {
    expect(await ask(maple.manager, id, "set local row_security = off", "select * from note")).toBe(denied);
    expect(
      await ask(maple.manager, id, "set local row_security = off", `select * from exchange_sender_secrets('${id}')`),
    ).toBe(denied);
  });

  test("reads keys through a table or function of the same name that it made itself", async () => {
    const before = await untouched();
    const mine = [
      "set local search_path = pg_temp, public",
      "create temp table transfer on commit drop as select gen_random_uuid() id",
      `create function pg_temp.current_district() returns uuid language sql as 'select ''${lakeview.id}''::uuid'`,
    ];
    const answers = [
      await ask(
        maple.manager,
        id,
        mine[0] ?? "",
        mine[2] ?? "",
        `select * from public.exchange_sender_secrets('${id}')`,
      ),
      await ask(maple.manager, id, ...mine.slice(0, 2), `select * from public.exchange_sender_secrets('${id}')`),
    ];
    // Empty, or (where the login may make no temporary things at all) refused.
    for (const answer of answers) expect([[], denied]).toContainEqual(answer);
    expect(await untouched()).toBe(before);
  });

  test("audits for a district that it has no transfer with", async () => {
    const entry = (districtId: string, transferId: string) =>
      `select audit_append('${JSON.stringify([{ districtId, transferId, action: "case.read" }])}')`;
    expect(await ask(maple.manager, id, entry(lakeview.id, id))).toBe("BT002");
    expect(await ask(lakeview.manager, id, entry(maple.id, id))).toBe("BT002");
    expect(await ask(lakeview.manager, id, entry(riverbend.id, randomUUID()))).toBe("BT002");
  });
});
