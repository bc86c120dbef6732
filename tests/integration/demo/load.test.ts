import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env, setEnv } from "@/lib/env";
import { unwrapAddress } from "@/lib/storage/file-address";
import { readFile } from "@/lib/storage/files";
import { passwordMatches } from "@/lib/users/password";
import { demoPassword } from "@/prisma/demo/districts";
import { loadDemo } from "@/prisma/demo/load";

let owner: pg.Client;
const sql = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => (await owner.query<Row>(text)).rows;
const one = async <Row extends pg.QueryResultRow>(text: string): Promise<Row> => (await sql<Row>(text))[0] as Row;

beforeAll(async () => {
  // Where nothing listens: the demo is loaded before anything could be scanned.
  setEnv({ CLAMD_URL: "tcp://127.0.0.1:9" });
  await loadDemo();
  owner = new pg.Client({ connectionString: env().DATABASE_ADMIN_URL });
  await owner.connect();
}, 120_000);
afterAll(() => owner.end());

describe("succeeds", () => {
  it("makes three districts, two of them with the switch on, and a directory around them outside the real numbers", async () => {
    expect(
      await sql("select slug, state, case_transfers_on on_ from district where slug is not null order by slug"),
    ).toEqual([
      { slug: "lakeview", state: "TX", on_: true },
      { slug: "maple-grove", state: "OH", on_: false },
      { slug: "riverbend", state: "CA", on_: true },
    ]);
    expect(await sql("select nces_id from district where nces_id !~ '^99'")).toEqual([]);
  });

  it("leaves its files for the scanner to look at, where there is one", async () => {
    expect(await sql("select distinct scan from stored_file")).toEqual([{ scan: "none" }]);
    expect(await one("select count(*)::int > 0 sent from transfer where status = 'pending'")).toEqual({ sent: true });
  });

  it("assigns case managers who don't see all cases to their own, and dates no call after its transfer", async () => {
    expect(
      await sql(
        `select 1 from "case" c join membership m on m.id = c.manager_id
         where not 'manageCases' = any (m.permissions) and not exists (select 1 from case_assignment a where a.case_id = c.id and a.membership_id = m.id)`,
      ),
    ).toEqual([]);
    expect(
      await sql(
        "select 1 from transfer t join district_settings d on d.district_id = t.sending_district_id where t.spoke_on > (t.sent_at at time zone d.time_zone)::date",
      ),
    ).toEqual([]);
  });

  it("dates the disclosure record by its transfers, and leaves it append-only", async () => {
    expect(await one("select count(*)::int > 10 many from disclosure")).toEqual({ many: true });
    expect(
      await sql(
        "select 1 from disclosure d join transfer t on t.id = d.transfer_id where d.at < t.sent_at or d.at > t.sent_at + interval '1 hour'",
      ),
    ).toEqual([]);
    await expect(sql("update disclosure set at = now()")).rejects.toThrow("append-only");
  });

  it("lets everybody sign in with the password of the demo, but who was invited only", async () => {
    const rows = await sql<{ email: string; password_hash: string | null }>(
      "select email, password_hash from app_user where email ~ '^(admin|manager|clerk|staff|casey)@'",
    );
    expect(rows).toHaveLength(13);
    expect(await passwordMatches(demoPassword, rows[0]?.password_hash ?? null)).toBe(true);
    expect(
      await sql(
        "select 1 from membership m join app_user u on u.id = m.user_id where m.joined_at is null and u.password_hash is not null",
      ),
    ).toEqual([]);
    expect(
      await sql("select 1 from membership m join app_user u on u.id = m.user_id where u.email like 'casey@%'"),
    ).toHaveLength(2);
  });

  it("gives each district a roster, cases with history, plan and files, and staff four of them", async () => {
    const rows = await sql<{ students: number; cases: number; bare: number; of_staff: number; files: number }>(
      `select (select count(*)::int from student s where s.district_id = d.id) students, (select count(*)::int from "case" c where c.district_id = d.id and c.origin_transfer_id is null and c.created_at > now() - interval '5 years') cases,
        (select count(*)::int from "case" c where c.district_id = d.id and (select count(*) from note n where n.case_id = c.id) < 2) bare,
        (select count(*)::int from case_assignment a join membership m on m.id = a.membership_id where m.district_id = d.id and m.username = 'staff') of_staff,
        (select count(*)::int from attachment a where a.district_id = d.id) files
       from district d where d.slug is not null`,
    );
    for (const row of rows) {
      expect(row).toMatchObject({ cases: 60, bare: 0, of_staff: 4 });
      expect(row.students).toBeGreaterThan(300);
      expect(row.files).toBeGreaterThan(20);
    }
  });

  it("gives each district documents of students, with owners, some of them staff’s, two in the bin", async () => {
    const rows = await sql<{
      documents: number;
      types: number;
      unowned: number;
      of_staff: number;
      binned: number;
      late: number;
    }>(
      `select count(*)::int documents, count(distinct d.type)::int types, count(*) filter (where d.owner_id is null)::int unowned,
        count(*) filter (where m.username = 'staff')::int of_staff, count(*) filter (where d.deleted_at is not null)::int binned, count(*) filter (where d.added_at > now())::int late
       from document d left join membership m on m.district_id = d.district_id and m.id = d.owner_id where d.origin_transfer_id is null group by d.district_id`,
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toMatchObject({ unowned: 0, binned: 2, late: 0 });
      expect(row.documents).toBeGreaterThan(40);
      expect(row.types).toBeGreaterThan(7);
      expect(row.of_staff).toBeGreaterThan(0);
    }
  });

  it("keeps a closed case and a document each of two who left long ago, which a rule makes due; three people may purge", async () => {
    const rows = await sql(
      `select (select count(*)::int from "case" c where c.district_id = d.id and c.closed_at < now() - interval '7 years') cases,
        (select count(*)::int from document o join student s on s.district_id = o.district_id and s.id = o.student_id where o.district_id = d.id and s.left_on < now() - interval '7 years') documents,
        (select count(*)::int from membership m where m.district_id = d.id and 'purge' = any (m.permissions)) purgers,
        (select count(*)::int from "case" c where c.district_id = d.id and (c.status = 'closed') <> (c.closed_at is not null)) undated
       from district d where d.slug is not null`,
    );
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ cases: 2, documents: 2, purgers: 3, undated: 0 })));
  });

  it("writes real files that open with their district's key", async () => {
    const rows = await sql<{
      district_id: string;
      storage_key: string;
      key_wrapped: Buffer;
      sha256: Buffer;
      media_type: string;
    }>(
      "select * from (select f.*, row_number() over (partition by media_type order by id) n from stored_file f) x where n <= 6",
    );
    for (const row of rows) {
      const address = unwrapAddress(row.district_id, { storageKey: row.storage_key, keyWrapped: row.key_wrapped });
      const bytes = Buffer.concat(await readFile(address).toArray());
      expect(createHash("sha256").update(bytes).digest().equals(row.sha256)).toBe(true);
      expect(bytes.toString("latin1", 0, 4)).toBe(row.media_type === "application/pdf" ? "%PDF" : "\x89PNG");
    }
    expect(new Set(rows.map((row) => row.media_type)).size).toBe(2);
  });

  it("tells transfers in every state in both directions", async () => {
    const rows = await sql<{ slug: string; states: string[] }>(
      `select s.slug, array_agg(distinct case when t.locked_at is not null then 'locked' else t.status end) states
       from transfer t join district s on s.id = t.sending_district_id where t.kind = 'cases' group by 1 order by 1`,
    );
    expect(rows.map((row) => row.slug)).toEqual(["lakeview", "riverbend"]);
    for (const { states } of rows)
      expect(states.sort()).toEqual(["cancelled", "completed", "expired", "locked", "pending", "rejected", "unlocked"]);
  });

  it("tells document transfers in every state, too, and delivers them to the students they're about", async () => {
    const rows = await sql<{ slug: string; states: string[] }>(
      `select s.slug, array_agg(distinct t.status) states from transfer t join district s on s.id = t.sending_district_id where t.kind = 'documents' group by 1 order by 1`,
    );
    const all = ["delivered", "held", "recalled", "redone", "reported", "returned", "withdrawn"];
    expect(rows.map((row) => [row.slug, row.states.sort()])).toEqual([
      ["lakeview", all],
      ["maple-grove", ["held", "returned"]],
      ["riverbend", all],
    ]);
    expect(
      await sql(
        `select 1 from document d join student s on s.district_id = d.district_id and s.id = d.student_id join transfer t on t.id = d.origin_transfer_id
         join dispatch p on p.id = t.dispatch_id join student o on o.id = p.student_id where o.birth_date <> s.birth_date or o.family_name <> s.family_name and norm(o.family_name) <> norm(s.family_name)`,
      ),
    ).toEqual([]);
  });

  it("leaves the details of an unlocked transfer half entered", async () => {
    const rows = await sql<{ entered: number; item_count: number }>(
      "select t.item_count, (select count(*)::int from intake i where i.transfer_id = t.id) entered from transfer t where t.status = 'unlocked'",
    );
    expect(rows).toEqual([
      { item_count: 4, entered: 2 },
      { item_count: 4, entered: 2 },
    ]);
  });

  it("has received cases go on: the old history as it came, a note of their own after it", async () => {
    const rows = await sql<{ received: number; own: number; files: number }>(
      `select (select count(*)::int from note n where n.case_id = c.id and n.received) received, (select count(*)::int from note n where n.case_id = c.id and not n.received) own,
        (select count(*)::int from attachment a where a.case_id = c.id and a.received) files from "case" c where c.origin_transfer_id is not null`,
    );
    expect(rows).toHaveLength(8);
    for (const row of rows) {
      expect(row.received).toBeGreaterThan(1);
      expect(row.own).toBe(1);
    }
    expect(rows.some((row) => row.files > 0)).toBe(true);
  });

  it("puts everything in its time: nothing in the future, nothing sent before it was written", async () => {
    expect(
      await one(
        `select (select count(*)::int from note where written_at > now()) notes, (select count(*)::int from transfer where greatest(created_at, sent_at, unlocked_at, decided_at) > now()) transfers,
          (select count(*)::int from transfer where sent_at < created_at or unlocked_at < sent_at or decided_at < coalesce(unlocked_at, sent_at)) orders,
          (select count(*)::int from transfer t join transfer_case x on x.transfer_id = t.id join note n on n.district_id = x.district_id and n.case_id = x.case_id and n.written_at > t.sent_at) later`,
      ),
    ).toEqual({ notes: 0, transfers: 0, orders: 0, later: 0 });
  });

  it("keeps the audit chains whole, with an entry for each step of each transfer", async () => {
    const [row] = await sql<{ gaps: number; steps: number }>(
      `select (select count(*)::int from audit a where a.seq > 1 and not exists (select 1 from audit b where b.district_id = a.district_id and b.seq = a.seq - 1 and b.hash = a.prev)) gaps,
        (select count(distinct subject_id)::int from audit where action = 'transfer.seal') - (select count(*)::int from transfer where kind = 'documents') steps`,
    );
    expect(row).toEqual({ gaps: 0, steps: 16 });
  });

  it("tells record requests in every status in both directions, sealed, with nothing in the future", async () => {
    const rows = await sql<{ slug: string; states: string[]; later: number; named: boolean }>(
      `select d.slug, array_agg(r.status order by r.status) states, count(*) filter (where greatest(r.requested_at, r.decided_at) > now())::int later,
        bool_or(encode(r.content_sealed, 'escape') ~ 'Abernathy|Ashdown') named
       from record_request r join district d on d.id = r.requesting_district_id group by 1 order by 1`,
    );
    expect(rows.map(({ slug }) => slug)).toEqual(["lakeview", "riverbend"]);
    for (const { states, later, named } of rows) {
      expect(states).toEqual(["answered", "declined", "open", "open", "open", "open", "withdrawn"]);
      expect({ later, named }).toEqual({ later: 0, named: false });
    }
  });

  it("enters two districts' school calendars, and has a request due soon and one overdue, each by its holder's law", async () => {
    const calendars = await sql<{ slug: string; n: number }>(
      "select d.slug, count(b.*)::int n from district d left join school_break b on b.district_id = d.id where d.slug is not null group by 1 order by 1",
    );
    expect(calendars.map(({ slug, n }) => [slug, n > 5])).toEqual([
      ["lakeview", true],
      ["maple-grove", false],
      ["riverbend", true],
    ]);
    const due = await sql<{ slug: string; soon: boolean; overdue: number; none: number; kinds: string[] }>(
      `select d.slug, min(r.due_on) filter (where r.status = 'open' and r.due_on >= current_date) < max(r.due_on) filter (where r.status = 'open') soon,
        count(*) filter (where r.status = 'open' and r.due_on < current_date)::int overdue, count(*) filter (where r.due_on is null)::int "none", array_agg(distinct r.due_kind) kinds
       from record_request r join district d on d.id = r.holding_district_id group by 1 order by 1`,
    );
    expect(due.map(({ slug, overdue, none }) => [slug, overdue, none])).toEqual([
      ["lakeview", 1, 0],
      ["riverbend", 1, 0],
    ]);
    for (const { soon } of due) expect(soon).toBe(true);
    expect(due.map((row) => row.kinds.sort())).toEqual([["working"], ["school", "working"]]);
    expect(await sql("select 1 from record_request where due_on <= requested_at::date - 1")).toEqual([]);
  });

  it("leaves the mails of what was just sent waiting where no mail server answers, and no others", async () => {
    const rows = await sql<{ state: string; status: string }>(
      "select distinct case when t.status = 'pending' and t.locked_at is null or t.kind = 'documents' and t.created_at > now() - interval '4 days' then 'fresh' else 'older' end state, m.status from mail m join transfer t on t.id = m.transfer_id order by 1",
    );
    expect(rows).toEqual([
      { state: "fresh", status: "waiting" },
      { state: "older", status: "sent" },
    ]);
    expect(
      await sql(
        "select 1 from mail m where m.status = 'waiting' and not exists (select 1 from pgboss.job j where j.name = 'deliver' and j.singleton_key = m.id::text and j.state < 'completed')",
      ),
    ).toEqual([]);
  });
});

describe("once more", () => {
  it("does nothing", async () => {
    const counts = () =>
      one(
        `select (select count(*) from "case") cases, (select count(*) from transfer) transfers, (select count(*) from audit) audit`,
      );
    const before = await counts();
    await loadDemo();
    expect(await counts()).toEqual(before);
  });
});
