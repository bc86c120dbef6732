import { randomBytes } from "node:crypto";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { addCase, doors, makeWorld, type TestDistrict, textFile, type World } from "../../support/world";
import { draft, entered, preparing, sent, unlocked } from "../transfers/hand-over";

export type FullWorld = World & {
  /** From Lakeview to Riverbend, one in each state that has something to hide. */
  transfers: Record<"preparing" | "pending" | "unlocked" | "entered" | "completed", string>;
};

/** A world in which every table holds rows of Lakeview and of Riverbend; Maple Grove takes part in nothing. */
export async function makeFullWorld(): Promise<FullWorld> {
  const world = await makeWorld();
  const { lakeview, riverbend } = world;
  for (const [from, to] of [
    [lakeview, riverbend],
    [riverbend, lakeview],
  ] as const) {
    await addCase(world, from, { studentId: from.students[0]?.id as string });
    const full = {
      notes: ["A note"],
      strategies: ["A strategy"],
      tasks: ["A task"],
      files: [textFile()],
      assigned: [from.staff],
    };
    const { id } = await entered(world, { from, to, cases: [full] });
    await saveTransfer(doors(to.manager), { transferId: id });
    await draft(world, from.manager, [(await addCase(world, from)).id]);
    await fillRest(world, from);
  }
  const cases = [{ files: [textFile()] }];
  const [pending, opened, details] = [
    await sent(world, { cases }),
    await unlocked(world, { cases }),
    await entered(world, { cases }),
  ];
  const [completed] = await world.sql<{ id: string }>(
    "select id from transfer where status = 'completed' and sending_district_id = $1",
    [lakeview.id],
  );
  return {
    ...world,
    transfers: {
      preparing: (await preparing(world)).id,
      pending: pending.id,
      unlocked: opened.id,
      entered: details.id,
      completed: completed?.id as string,
    },
  };
}

/** What no hand-over leaves behind by itself. */
async function fillRest({ sql }: World, district: TestDistrict): Promise<void> {
  await sql("insert into invitation (district_id, membership_id, token_hash, expires_at) values ($1, $2, $3, now())", [
    district.id,
    district.staff.membershipId,
    randomBytes(32),
  ]);
  await sql(
    "insert into mail (district_id, event, event_key, membership_id, to_address) values ($1, 'transfer-sent', 'key', $2, 'someone@there.example')",
    [district.id, district.manager.membershipId],
  );
  await sql("insert into session (token_hash, user_id) values ($1, $2)", [randomBytes(32), district.manager.userId]);
  await sql("insert into attempt (key, count, since) values ($1, 1, now())", [district.slug]);
  await sql("insert into doomed_object (storage_key) values ($1)", [district.slug]);
}
