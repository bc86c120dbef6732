import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliver } from "@/lib/jobs/deliver";
import { notify } from "@/lib/jobs/notify";
import { openBoss } from "@/lib/jobs/worker";
import type { MailEvent } from "@/lib/outbox";
import { makeMember, makeWorld, sql, type World } from "./world";

let boss: PgBoss;
/** The sender is who has the records, the receiver who asks. */
let world: World;
const requests = { documents: "", cases: "" };

beforeAll(async () => {
  boss = await openBoss().start();
  world = await makeWorld();
  for (const side of [world.sender, world.receiver])
    await makeMember(side.districtId, side.slug, "clerk", ["manageDocuments"]);
  await sql("update district_settings set coordinator_email = 'coordinator@holder.example' where district_id = $1", [
    world.sender.districtId,
  ]);
  for (const kind of ["documents", "cases"] as const) {
    const [row] = await sql<{ id: string }>(
      `insert into record_request (reference, requesting_district_id, holding_district_id, kind, content_sealed, requested_by, requested_by_name)
       values ($1, $2, $3, $4, '', $5, 'Staff') returning id`,
      [
        `R-${randomUUID()}`,
        world.receiver.districtId,
        world.sender.districtId,
        kind,
        world.receiver.staff.membershipId,
      ],
    );
    requests[kind] = row?.id ?? "";
  }
});
afterAll(() => boss.stop({ graceful: false }));

async function told(event: MailEvent, side: "sender" | "receiver", kind: "documents" | "cases" = "documents") {
  const requestId = requests[kind];
  const { districtId } = world[side];
  await notify(boss, { event, districtId, requestId, key: `${requestId}:${event}` });
  return sql<{ id: string; to_address: string; link: string; membership_id: string | null }>(
    "select * from mail where request_id = $1 and event = $2 and district_id = $3 order by to_address",
    [requestId, event, districtId],
  );
}
const addresses = async (...args: Parameters<typeof told>) => (await told(...args)).map((mail) => mail.to_address);

describe("succeeds", () => {
  it("tells the holder's people of the kind and the coordinator, with the way to the request", async () => {
    const { slug } = world.sender;
    const mails = await told("request-received", "sender");
    expect(mails.map((mail) => [mail.to_address, mail.link])).toEqual([
      [`clerk@${slug}.example`, `/d/${slug}/admin/requests/record-requests/${requests.documents}`],
      ["coordinator@holder.example", `/d/${slug}/admin/requests/record-requests/${requests.documents}`],
    ]);
    expect(await addresses("request-received", "sender", "cases")).toEqual([
      "coordinator@holder.example",
      `manager@${slug}.example`,
    ]);
  });

  it.each(["request-answered", "request-declined"] as const)(
    "tells who asked and the asker's people: %s",
    async (event) => {
      const { slug } = world.receiver;
      expect(await addresses(event, "receiver")).toEqual([`clerk@${slug}.example`, `staff@${slug}.example`]);
      expect(await addresses(event, "sender")).toEqual([]);
    },
  );

  it("tells the holder of a withdrawal, and not the asker", async () => {
    expect(await addresses("request-withdrawn", "sender")).toContain("coordinator@holder.example");
    expect(await addresses("request-withdrawn", "receiver")).toEqual([]);
  });

  it("a coordinator's mail is made and waits like any other where no mail server answers", async () => {
    const mail = (await told("request-received", "sender")).find((one) => one.membership_id === null);
    await expect(deliver({ districtId: world.sender.districtId, mailId: mail?.id ?? "" })).rejects.toThrow();
    expect(await sql("select status, tries from mail where id = $1", [mail?.id])).toEqual([
      { status: "waiting", tries: 1 },
    ]);
  });
});

describe("other district", () => {
  it("tells nobody in a district that takes no part", async () => {
    const other = await makeWorld();
    await notify(boss, {
      event: "request-received",
      districtId: other.sender.districtId,
      requestId: requests.documents,
      key: "elsewhere",
    });
    expect(await sql("select from mail where district_id = $1", [other.sender.districtId])).toEqual([]);
  });
});

describe("two at once", () => {
  it("makes one mail per person and coordinator, however often it runs", async () => {
    await Promise.all(Array.from({ length: 6 }, () => told("request-received", "sender")));
    expect(await addresses("request-received", "sender")).toHaveLength(2);
  });
});
