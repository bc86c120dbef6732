import { sql } from "@/lib/db/sql";
import type { RetentionKind } from "@/lib/documents/retention-kinds";
import { DomainError } from "@/lib/errors";
import { type Actor, may } from "@/lib/policy";

/** Throws `forbidden` for who neither manages the district nor purges: they look after retention, and propose what is destroyed. */
export function demandRetention(actor: Actor): void {
  if (!may(actor, "purge") && !may(actor, "manageDistrict")) throw new DomainError("forbidden");
}

/**
 * Whoever proposes or confirms knows what is destroyed. Throws `cases-not-yours`, `documents-not-yours` where there are records of a sort
 * that the actor doesn't manage.
 */
export function demandKnown(actor: Actor, kinds: readonly RetentionKind[]): void {
  const unknown = unknownOf(actor, kinds);
  if (unknown) throw new DomainError(`${unknown}-not-yours`);
}

/** The sort of records among these that the actor doesn't manage, or null. */
export function unknownOf(actor: Actor, kinds: readonly RetentionKind[]): "cases" | "documents" | null {
  if (!may(actor, "manageCases") && kinds.includes("case")) return "cases";
  if (!may(actor, "manageDocuments") && kinds.some((kind) => kind !== "case")) return "documents";
  return null;
}

/**
 * The district's rules that end in destruction, as `rule`: `until` is the last day from which the years are over today, by the district's
 * calendar, `before` the moment after it. Reckoned here, once: a comparison that reckons keeps row-level security from using the index.
 * To stand at the beginning of a `with`.
 */
export const rulesToday = sql`
  rule as materialized (
    select x.*, (x.until + 1)::timestamp at time zone x.zone as before
    from (select r.kind, r.years, r.counted_from, z.time_zone zone, ((now() at time zone z.time_zone)::date - make_interval(years => r.years))::date until
      from retention_rule r join district_settings z on z.district_id = r.district_id
      where r.district_id = current_district() and r.keep = 'years') x)`;

/** Which writing of a `document d` or a `"case" c` it is: any change, a note, a tick, the bin makes it another. */
export const documentMark = sql`d.version::text || case when d.deleted_at is null then '' else ' bin' end`;
export const caseMark = sql`c.version::text || ' ' || extract(epoch from c.updated_at)::text`;
