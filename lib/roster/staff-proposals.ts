import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

export type StaffProposal = {
  id: string;
  givenName: string;
  familyName: string;
  email: string | null;
  username: string | null;
  /** As OneRoster calls it: teacher, counselor … */
  role: string;
  building: string | null;
};
export type ProposalPage = { proposals: StaffProposal[]; total: number; page: number };

export const proposalsPerPage = 50;

/**
 * Staff of the roster who aren't users of the district and weren't put away, by name; `q`: words that stand in name, e-mail, role or
 * school. Throws `forbidden`.
 */
export async function listStaffProposals(
  tx: DistrictTx,
  actor: Actor,
  input: { q?: string; page?: number },
): Promise<ProposalPage> {
  demand(actor, "manageDistrict");
  const page = Math.max(1, input.page ?? 1);
  const rows = await tx.$queryRaw<(StaffProposal & { total: number })[]>`
    select x.id, x.given_name "givenName", x.family_name "familyName", x.email, x.username, x.role, b.name building, count(*) over ()::int total
    from staff_proposal x left join building b on b.district_id = x.district_id and b.id = x.building_id
    where x.district_id = ${actor.districtId}::uuid and x.on_roster and x.dismissed_at is null
      and not exists (select 1 from membership m where m.district_id = x.district_id and m.email = x.email)
      and not exists (select 1 from unnest(string_to_array(norm(${(input.q ?? "").slice(0, 200)}), ' ')) w
        where w <> '' and norm(concat_ws(' ', x.given_name, x.family_name, x.email, x.role, b.name)) not like '%' || w || '%')
    order by lower(x.family_name), lower(x.given_name), x.id limit ${proposalsPerPage} offset ${(page - 1) * proposalsPerPage}`;
  if (rows.length === 0 && page > 1) return listStaffProposals(tx, actor, { ...input, page: 1 });
  return { proposals: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, page };
}

/** One proposal that still stands, for the form of the invitation; null for any other id. Throws `forbidden`. */
export async function findStaffProposal(tx: DistrictTx, actor: Actor, id: string): Promise<StaffProposal | null> {
  demand(actor, "manageDistrict");
  const [row] = await tx.$queryRaw<StaffProposal[]>`
    select x.id, x.given_name "givenName", x.family_name "familyName", x.email, x.username, x.role, b.name building
    from staff_proposal x left join building b on b.district_id = x.district_id and b.id = x.building_id
    where x.district_id = ${actor.districtId}::uuid and x.id = ${id}::uuid and x.dismissed_at is null`;
  return row ?? null;
}

/** Puts a proposal away: the person was invited, or isn't to be a user. Throws `forbidden`, `not-there`. */
export async function dismissStaffProposal(tx: DistrictTx, actor: Actor, { id }: { id: string }): Promise<void> {
  demand(actor, "manageDistrict");
  const { count } = await tx.staffProposal.updateMany({
    where: { districtId: actor.districtId, id },
    data: { dismissedAt: new Date() },
  });
  if (count === 0) throw new DomainError("not-there");
  audit(tx, { action: "roster.dismiss-staff", detail: { proposal: id } });
}
