import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import { type Actor, may } from "@/lib/policy";
import { kindsOf, openContent, type RequestKind } from "@/lib/requests/request-content";
import { compareIdentity, type Identity } from "@/lib/students/compare-identity";

export type RequestAbout = {
  id: string;
  reference: string;
  kind: RequestKind;
  district: string;
  state: string;
  /** YYYY-MM-DD; null where there's no deadline. */
  dueOn: string | null;
};

/** So many open requests are looked at, the newest; what they ask for is sealed, so that the database can't look. */
const lookedAt = 1_000;

/**
 * The open record requests whose name and birth date agree with a student of the own roster, as the prepared answer has them agree: it
 * says no more than that, and whose records go is chosen where it's answered. Of the kinds that the actor answers; none for anybody else.
 */
export async function listRequestsAbout(tx: DistrictTx, actor: Actor, studentId: string): Promise<RequestAbout[]> {
  if (!may(actor, "manageCases") && !may(actor, "manageDocuments")) return [];
  const [student] = await tx.$queryRaw<Identity[]>`
    select given_name given, family_name family, preferred_name preferred, birth_date::text "birthDate", state_id "stateId" from student
    where district_id = current_district() and id = ${studentId}::uuid`;
  if (!student?.birthDate) return [];
  const open = await tx.$queryRaw<(RequestAbout & { sealed: Uint8Array })[]>`
    select r.id, r.reference, r.kind, o.name district, o.state, r.due_on::text "dueOn", r.content_sealed sealed
    from record_request r join district o on o.id = r.requesting_district_id
    where r.holding_district_id = ${actor.districtId}::uuid and r.status = 'open' and r.kind = any (${kindsOf(actor)})
    order by r.requested_at desc, r.id limit ${lookedAt}`;
  return open.flatMap(({ sealed, ...request }) => {
    const asked = { ...openContent(request.id, sealed), preferred: null, stateId: null };
    return compareIdentity(asked, student, false).allAgree ? [{ ...request, state: stateName(request.state) }] : [];
  });
}
