import type { DistrictTx } from "@/lib/db/types";
import { stateName } from "@/lib/districts/states";
import { type Actor, may } from "@/lib/policy";
import { contentOpener, kindsOf, type RequestKind } from "@/lib/requests/request-content";
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

/** A student, and the open requests that may be about them, still sealed: opened after the transaction, see `requestsAbout`. */
export type AskedOfUs = { student: Identity; open: (RequestAbout & { sealed: Uint8Array })[] };

/** The open record requests of the kinds that the actor answers; null for anybody else, and where the student has no birth date. */
export async function listAskedOfUs(tx: DistrictTx, actor: Actor, studentId: string): Promise<AskedOfUs | null> {
  if (!may(actor, "manageCases") && !may(actor, "manageDocuments")) return null;
  const [student] = await tx.$queryRaw<Identity[]>`
    select given_name given, family_name family, preferred_name preferred, birth_date::text "birthDate", state_id "stateId" from student
    where district_id = current_district() and id = ${studentId}::uuid`;
  if (!student?.birthDate) return null;
  const open = await tx.$queryRaw<AskedOfUs["open"]>`
    select r.id, r.reference, r.kind, o.name district, o.state, r.due_on::text "dueOn", r.content_sealed sealed
    from record_request r join district o on o.id = r.requesting_district_id
    where r.holding_district_id = ${actor.districtId}::uuid and r.status = 'open' and r.kind = any (${kindsOf(actor)})
    order by r.requested_at desc, r.id limit ${lookedAt}`;
  return { student, open };
}

/**
 * Those whose name and birth date agree with the student's, as the prepared answer has them agree: it says no more than that, and whose
 * records go is chosen where it's answered. Opens each of them, so it stands outside of a transaction.
 */
export function requestsAbout(asked: AskedOfUs | null): RequestAbout[] {
  if (!asked || asked.open.length === 0) return [];
  const openNext = contentOpener();
  return asked.open.flatMap(({ sealed, ...request }) => {
    const whom = { ...openNext(request.id, sealed), preferred: null, stateId: null };
    const agrees = compareIdentity(whom, asked.student, false).allAgree;
    return agrees ? [{ ...request, state: stateName(request.state) }] : [];
  });
}
