import { randomUUID } from "node:crypto";
import { confirmPurge } from "@/lib/documents/confirm-purge";
import { findProposal, type ProposalView } from "@/lib/documents/find-proposal";
import { proposePurge } from "@/lib/documents/propose-purge";
import type { CountedFrom, RetentionKind } from "@/lib/documents/retention-kinds";
import { saveRetentionRule } from "@/lib/documents/save-retention-rule";
import { placeHold } from "@/lib/students/place-hold";
import { putDocument, type TestDocument } from "./documents";
import { addCase, addMember, doors, type Someone, type TestCase, type TestDistrict, type World } from "./world";

/** A district's people of retention: two who may purge, one of them proposes. */
export async function purgers(world: World, district: TestDistrict): Promise<[Someone, Someone]> {
  const permissions = ["purge", "manageCases", "manageDocuments"] as const;
  return [
    await addMember(world, district, "first", permissions),
    await addMember(world, district, "second", permissions),
  ];
}

/** Keeps a kind for so many years from now on, whatever was said before. */
export async function keepFor(
  world: World,
  district: TestDistrict,
  kind: RetentionKind,
  years: number,
  countedFrom: CountedFrom = kind === "case" ? "closing" : "date",
): Promise<void> {
  const [row] = await world.sql<{ version: number }>(
    "select version from retention_rule where district_id = $1 and kind = $2",
    [district.id, kind],
  );
  const rule = { keep: "years" as const, years, countedFrom };
  await doors(district.admin).district((tx) =>
    saveRetentionRule(tx, district.admin, { kind, version: row?.version ?? 0, rule }),
  );
}

/** A case that was closed so many years ago. */
export async function closedCase(
  world: World,
  district: TestDistrict,
  yearsAgo: number,
  about: TestCase = {},
): Promise<{ id: string; number: string }> {
  const made = await addCase(world, district, { ...about, status: "closed" });
  await world.sql(
    'update "case" set closed_at = now() - make_interval(years => $2, days => 1), updated_at = now() - make_interval(years => $2, days => 1) where id = $1',
    [made.id, yearsAgo],
  );
  return made;
}

/** A document dated so many years ago. */
export async function oldDocument(
  world: World,
  district: TestDistrict,
  yearsAgo: number,
  about: { studentId?: string; type?: string; title?: string } = {},
): Promise<TestDocument> {
  const [row] = await world.sql<{ day: string }>(
    "select (current_date - make_interval(years => $1, days => 1))::date::text as day",
    [yearsAgo],
  );
  return putDocument(world, district, { ...about, datedOn: row?.day ?? null });
}

/** A proposal of these records. */
export function propose(actor: Someone, records: string[]): Promise<{ id: string; proposed: number; leftOut: number }> {
  return doors(actor).district((tx) =>
    proposePurge(tx, actor, { records, reason: "Schedule 7.2: its years are over", notice: null }),
  );
}

export async function proposalOf(actor: Someone, id: string): Promise<ProposalView> {
  const found = await doors(actor).district((tx) => findProposal(tx, actor, id));
  if (!found) throw new Error("no such proposal");
  return found;
}

/** Confirms a proposal, with its number typed. */
export async function confirm(
  actor: Someone,
  id: string,
  of: { confirm?: string; shown?: readonly string[] } = {},
): Promise<{ destroyed: number; leftOut: number }> {
  const { number, items } = await proposalOf(actor, id);
  const shown = items.filter((item) => item.outcome === null).map((item) => item.id);
  return confirmPurge(doors(actor), { proposalId: id, confirm: number, shown, ...of });
}

/** Places a legal hold, in a matter of its own; gives its id. */
export async function hold(admin: Someone, on: { studentId: string } | { caseId: string }): Promise<string> {
  const reason = `A claim of the family, ${randomUUID()}`;
  return (await doors(admin).district((tx) => placeHold(tx, admin, { on, reason }))).id;
}
