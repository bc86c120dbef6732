import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notify } from "@/lib/jobs/notify";
import { openBoss } from "@/lib/jobs/worker";
import type { MailEvent } from "@/lib/outbox";
import { makeMember, makeWorld, sql, type World } from "./world";

let boss: PgBoss;
let world: World;
let transferId: string;
let studentId: string;
let sentBy: string;
const address = (who: string, side: "sender" | "receiver") => `${who}@${world[side].slug}.example`;

beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
  for (const side of [world.sender, world.receiver]) {
    await makeMember(side.districtId, side.slug, "clerk", ["manageDocuments"]);
    await makeMember(side.districtId, side.slug, "left", ["manageDocuments"], "disabled_at = now()");
    await makeMember(side.districtId, side.slug, "owner", []);
    await sql("update district_settings set coordinator_email = $2 where district_id = $1", [
      side.districtId,
      `coordinator@${side.slug}.example`,
    ]);
  }
  const [sender] = await sql<{ id: string; user_id: string }>(
    "select id, user_id from membership where district_id = $1 and username = 'staff'",
    [world.sender.districtId],
  );
  sentBy = sender?.id ?? "";
  transferId = await makeTransfer("held", sender?.user_id ?? "");
  studentId = await makeDocuments(transferId);
});
afterAll(() => boss.stop({ graceful: false }));

async function makeTransfer(status: "preparing" | "held", user: string): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `with d as (insert into dispatch (district_id, created_by) values ($1, $3) returning id)
     insert into transfer (reference, kind, dispatch_id, sending_district_id, receiving_district_id, item_count, legal_basis, sent_by, sent_by_user)
     select $5, 'documents', d.id, $1, $2, 2, 'enrollment', $3, $4 from d returning id`,
    [world.sender.districtId, world.receiver.districtId, sentBy, user, `T-${randomUUID()}`],
  );
  if (status === "held") await sql("update transfer set status = 'held', held_at = now() where id = $1", [row?.id]);
  return row?.id ?? "";
}

/** Two documents that came with the transfer, both `owner`'s. Gives the student's id. */
async function makeDocuments(transfer: string): Promise<string> {
  const { districtId } = world.receiver;
  const [student] = await sql<{ id: string }>(
    "insert into student (district_id, sis_id, given_name, family_name) values ($1, $2, 'Zuleika', 'Canarybird') returning id",
    [districtId, randomUUID()],
  );
  for (const title of ["Canary IEP", "Canary evaluation"]) {
    const [file] = await sql<{ id: string }>(
      "insert into stored_file (district_id, storage_key, key_wrapped, size, sha256, media_type) values ($1, $2, '', 1, sha256(''), 'text/plain') returning id",
      [districtId, randomUUID()],
    );
    await sql(
      `insert into document (district_id, student_id, file_id, title, type, added_by_name, owner_id, origin_transfer_id, origin_district_id)
       select $1, $2, $3, $4, 'iep', 'x', m.id, $5, $6 from membership m where m.district_id = $1 and m.username = 'owner'`,
      [districtId, student?.id, file?.id, title, transfer, world.sender.districtId],
    );
  }
  return student?.id ?? "";
}

async function told(event: MailEvent, side: "sender" | "receiver", transfer = transferId) {
  const key = `${transfer}:${event}`;
  await notify(boss, { event, districtId: world[side].districtId, transferId: transfer, key });
  return sql<{ to_address: string; link: string; membership_id: string | null }>(
    "select to_address, link, membership_id from mail where event_key = $1 and district_id = $2 order by to_address",
    [key, world[side].districtId],
  );
}
const addresses = async (event: MailEvent, side: "sender" | "receiver") =>
  (await told(event, side)).map((mail) => mail.to_address);

describe("succeeds", () => {
  it("tells the new owner, once, with the way to the student, and the coordinator, who is nobody's membership", async () => {
    const { slug } = world.receiver;
    expect(await told("documents-delivered", "receiver")).toMatchObject([
      {
        to_address: address("coordinator", "receiver"),
        link: `/d/${slug}/admin/requests/document-transfers/${transferId}`,
        membership_id: null,
      },
      { to_address: address("owner", "receiver"), link: `/d/${slug}/students/${studentId}` },
    ]);
  });

  it("tells of what is held: the receiver's Manage Documents users and coordinator, and who sent it", async () => {
    expect(await addresses("documents-held", "receiver")).toEqual([
      address("clerk", "receiver"),
      address("coordinator", "receiver"),
    ]);
    expect(await addresses("documents-held", "sender")).toEqual([address("staff", "sender")]);
  });

  it.each(["documents-returned", "documents-reported", "documents-failed"] as const)(
    "tells the sender's Manage Documents users and who sent it: %s",
    async (event) => {
      expect(await addresses(event, "sender")).toEqual([address("clerk", "sender"), address("staff", "sender")]);
      expect(await addresses(event, "receiver")).toEqual([]);
    },
  );

  it("tells the owners of recalled documents, though nobody sees these any more", async () => {
    await sql(`begin; set local app.quarantine = 'open';
      update document set quarantined_at = now(), quarantine = 'recalled' where origin_transfer_id = '${transferId}'; commit`);
    expect(await addresses("documents-recalled", "receiver")).toEqual([
      address("clerk", "receiver"),
      address("owner", "receiver"),
    ]);
    expect(await addresses("documents-recalled", "sender")).toEqual([]);
  });

  it("tells a coordinator who is a member once", async () => {
    await sql("update district_settings set coordinator_email = $2 where district_id = $1", [
      world.receiver.districtId,
      address("Clerk", "receiver"),
    ]);
    await sql("delete from mail where event = 'documents-held'");
    expect(await addresses("documents-held", "receiver")).toEqual([address("clerk", "receiver")]);
    await sql("update district_settings set coordinator_email = '' where district_id = $1", [
      world.receiver.districtId,
    ]);
    await sql("delete from mail where event = 'documents-held'");
    expect(await addresses("documents-held", "receiver")).toEqual([address("clerk", "receiver")]);
  });
});

describe("other district", () => {
  it("tells nobody in a district that takes no part", async () => {
    const other = await makeWorld();
    await notify(boss, { event: "documents-held", districtId: other.sender.districtId, transferId, key: "elsewhere" });
    expect(await sql("select from mail where district_id = $1", [other.sender.districtId])).toEqual([]);
  });
});

describe("two at once", () => {
  it("makes one mail per person and coordinator, however often it runs", async () => {
    await sql("update district_settings set coordinator_email = 'c@elsewhere.example' where district_id = $1", [
      world.receiver.districtId,
    ]);
    await sql("delete from mail where event = 'documents-held'");
    await Promise.all(Array.from({ length: 6 }, () => told("documents-held", "receiver")));
    expect(await addresses("documents-held", "receiver")).toEqual([
      "c@elsewhere.example",
      address("clerk", "receiver"),
    ]);
  });
});
