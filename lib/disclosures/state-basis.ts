import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/** How the parents were told of a disclosure for enrollment (34 CFR 99.34(a)(1)), or why they needn't be. */
export const noticeKinds = ["told", "asked", "yearly"] as const;
export const noticeMethods = ["letter", "email", "phone", "person"] as const;

/** What stands behind a transfer's legal basis. Days are YYYY-MM-DD. */
export type BasisStatement = {
  /** The articulable and significant threat, and to whom (34 CFR 99.36); at most 2,000 characters. */
  threat: string | null;
  /** When the written consent was signed (34 CFR 99.30). */
  consentOn: string | null;
  notice: (typeof noticeKinds)[number] | null;
  noticeOn: string | null;
  noticeMethod: (typeof noticeMethods)[number] | null;
  noticeBy: string | null;
};

/** Where nothing is stated. */
export const nothingStated: BasisStatement = {
  threat: null,
  consentOn: null,
  notice: null,
  noticeOn: null,
  noticeMethod: null,
  noticeBy: null,
};

/** Throws `threat-missing` for an emergency without its threat: the disclosure record must hold it (34 CFR 99.32(a)(5)). */
export function demandStatement(legalBasis: string, statement: BasisStatement): void {
  if (legalBasis === "emergency" && !statement.threat?.trim()) throw new DomainError("threat-missing");
}

/**
 * Keeps what stands behind the basis of transfers that the same transaction has just claimed. It's the sending district's own, and stays
 * as it was stated. Returns of how many it was kept.
 */
export async function stateBasis(
  tx: DistrictTx,
  actor: Actor,
  transferIds: readonly string[],
  statement: BasisStatement,
): Promise<number> {
  const { threat, consentOn, notice, noticeOn, noticeMethod, noticeBy } = statement;
  if ([threat, consentOn, notice].every((one) => one === null)) return 0;
  return tx.$executeRaw`
    insert into transfer_basis (district_id, transfer_id, threat, consent_on, notice, notice_on, notice_method, notice_by)
    select t.sending_district_id, t.id, ${threat}, ${consentOn}::date, ${notice}, ${noticeOn}::date, ${noticeMethod}, ${noticeBy}
    from transfer t where t.id = any (${[...transferIds]}::uuid[]) and t.sending_district_id = ${actor.districtId}::uuid on conflict do nothing`;
}
