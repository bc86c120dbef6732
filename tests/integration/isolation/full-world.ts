import { randomBytes, randomUUID } from "node:crypto";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { packing, putDocument, quarantine } from "../../support/documents";
import { addCase, doors, makeWorld, type TestDistrict, textFile, type World } from "../../support/world";
import { draft, entered, preparing, sent, unlocked } from "../transfers/hand-over";

export type FullWorld = World & {
  /** From Lakeview to Riverbend, one in each state that has something to hide. */
  transfers: Record<"preparing" | "pending" | "unlocked" | "entered" | "completed" | "documents", string>;
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
    await fillDocuments(world, from, to);
    await fillRetention(world, from);
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
  const [documents] = await world.sql<{ id: string }>(
    "select id from transfer where kind = 'documents' and sending_district_id = $1",
    [lakeview.id],
  );
  return {
    ...world,
    transfers: {
      documents: documents?.id as string,
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
  await sql(
    "insert into school_break (district_id, name, from_date, to_date) values ($1, 'Winter break', '2026-12-21', '2027-01-01')",
    [district.id],
  );
  await sql("insert into invitation (district_id, membership_id, token_hash, expires_at) values ($1, $2, $3, now())", [
    district.id,
    district.staff.membershipId,
    randomBytes(32),
  ]);
  await sql(
    "insert into mail (district_id, event, event_key, membership_id, to_address) values ($1, 'transfer-sent', 'key', $2, 'someone@there.example')",
    [district.id, district.manager.membershipId],
  );
  const importId = randomUUID();
  await sql(
    "insert into roster_import (district_id, id, status, file_name, file_bytes, uploaded_by_name) values ($1, $2, 'ready', 'roster.zip', 1, 'Baton')",
    [district.id, importId],
  );
  await sql("insert into roster_row (district_id, import_id, n, what) values ($1, $2, 1, 'add')", [
    district.id,
    importId,
  ]);
  await sql(
    "insert into roster_problem (district_id, import_id, n, file, reason, refused) values ($1, $2, 1, 'users.csv', 'id-missing', true)",
    [district.id, importId],
  );
  await sql(
    "insert into staff_proposal (district_id, source_id, source_hash, given_name, family_name, role) values ($1, 's', $2, 'Jo', 'Reed', 'teacher')",
    [district.id, randomBytes(16)],
  );
  await sql("insert into session (token_hash, user_id) values ($1, $2)", [randomBytes(32), district.manager.userId]);
  await sql("insert into attempt (key, count, since) values ($1, 1, now())", [district.slug]);
  await sql("insert into half_session (token_hash, user_id, counted) values ($1, $2, '{}')", [
    randomBytes(32),
    district.manager.userId,
  ]);
  await sql("insert into password_reset (token_hash, user_id, expires_at) values ($1, $2, now())", [
    randomBytes(32),
    district.manager.userId,
  ]);
  await sql("insert into recovery_code (user_id, code_hash) values ($1, $2)", [
    district.manager.userId,
    randomBytes(32),
  ]);
  await sql("insert into doomed_object (storage_key) values ($1)", [district.slug]);
  await sql("insert into audit_check (district_id, entries) values ($1, 1)", [district.id]);
  await sql(
    'insert into case_due (district_id, case_id) select district_id, id from "case" where district_id = $1 limit 1',
    [district.id],
  );
  await sql(
    "insert into code_try (transfer_id, receiving_district_id, membership_id) select id, $1, $2 from transfer where receiving_district_id = $1 limit 1",
    [district.id, district.manager.membershipId],
  );
  await sql(
    "insert into transfer_basis (district_id, transfer_id, notice) select $1, id, 'asked' from transfer where sending_district_id = $1 limit 1",
    [district.id],
  );
}

/** A rule, a hold on a student who has nothing here, a proposal that somebody withdrew. */
async function fillRetention({ sql }: World, district: TestDistrict): Promise<void> {
  const { membershipId, userId, name } = district.admin;
  await sql(
    "insert into retention_rule (district_id, kind, keep, saved_by, saved_by_name) values ($1, 'case', 'good', $2, $3)",
    [district.id, membershipId, name],
  );
  await sql(
    "insert into legal_hold (district_id, student_id, reason, placed_by, placed_by_name) values ($1, $2, 'A claim', $3, $4)",
    [district.id, district.students[3]?.id, membershipId, name],
  );
  const proposalId = randomUUID();
  await sql(
    "insert into purge_proposal (district_id, id, number, reason, proposed_by, proposed_by_user, proposed_by_name) values ($1, $2, 'D-2026-0001', 'Due', $3, $4, $5)",
    [district.id, proposalId, membershipId, userId, name],
  );
  await sql(
    "insert into purge_proposal_item (district_id, proposal_id, kind, subject_id, student_id, mark, due_on, outcome) values ($1, $2, 'iep', gen_random_uuid(), $3, '1', '2026-01-01', 'gone')",
    [district.id, proposalId, district.students[0]?.id],
  );
}

/** Documents of the district, one of them quarantined; a draft of a transfer of them and one that's sealed; a certificate, a request. */
async function fillDocuments(world: World, from: TestDistrict, to: TestDistrict): Promise<void> {
  const { sql } = world;
  const document = await putDocument(world, from);
  await quarantine(world, (await putDocument(world, from)).id);
  const transferId = await packing(world, from, to, [document.id]);
  await sql("update transfer set package_sha256 = $2, sent_at = now() where id = $1", [transferId, randomBytes(32)]);
  await sql("insert into package_key (transfer_id, key_sealed) values ($1, $2)", [transferId, randomBytes(60)]);
  await sql(
    `with d as (insert into dispatch (district_id, created_by, student_id) values ($1, $2, $3) returning id)
     insert into dispatch_document (district_id, dispatch_id, document_id) select $1, d.id, $4 from d`,
    [from.id, from.clerk.membershipId, from.students[0]?.id, document.id],
  );
  await sql(
    "insert into purge_certificate (district_id, number, student_id, purged_by, purged_by_name, reason, items) values ($1, 'P-2026-000001', $2, $3, 'Somebody', 'x', '[]')",
    [from.id, from.students[0]?.id, from.clerk.membershipId],
  );
  await sql(
    "insert into record_request (reference, requesting_district_id, holding_district_id, kind, content_sealed, requested_by, requested_by_name) values ($1, $2, $3, 'documents', $4, $5, 'Somebody')",
    [`R-${from.slug}`, from.id, to.id, randomBytes(60), from.clerk.membershipId],
  );
}
