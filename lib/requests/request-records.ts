import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { setDueOnArrival } from "@/lib/districts/set-due-days";
import type { DocumentType } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import {
  demandKind,
  type RequestBasis,
  type RequestContent,
  type RequestKind,
  sealContent,
} from "@/lib/requests/request-content";
import { tellRequest } from "@/lib/requests/tell-request";
import { compareIdentity, type Identity } from "@/lib/students/compare-identity";

/** Open requests of one district to another, and requests in a day: so that nobody tries out whom another district knows. */
export const mostOpen = 100;
export const mostPerDay = 200;

export type RequestInput = {
  /** A UUID that the form brings: clicked twice it's one request. */
  requestId: string;
  holdingDistrictId: string;
  kind: RequestKind;
  /** Of documents alone. */
  documentTypes: readonly DocumentType[];
  legalBasis: RequestBasis;
  content: RequestContent;
  /** The own student of whom it was said that they are the one meant, though name or birth date differs. */
  same?: string | null;
};

/**
 * Asks another district for a student's records. What names the student is sealed. Returns the request's id, the same when repeated.
 * No disclosure is recorded: the asker names whom the holder has on record, and tells nothing out of its own.
 * Throws `forbidden`, `bad-value` (the holder isn't on Baton), `own-documents-off`, `other-documents-off`, `no-such-owner`,
 * `sis-id-of-another` for any but `same`, `too-many-requests`.
 */
export async function requestRecords(tx: DistrictTx, actor: Actor, input: RequestInput): Promise<string> {
  demandKind(actor, input.kind);
  const { requestId, holdingDistrictId, kind, content } = input;
  const before = await tx.recordRequest.findUnique({ where: { id: requestId }, select: { requestedBy: true } });
  if (before?.requestedBy === actor.membershipId) return requestId;
  await demandHolder(tx, actor, input);
  if (content.owner) await demandOwner(tx, actor, content.owner);
  if (content.sisId) await demandOwnStudent(tx, actor, content, content.sisId, input.same ?? null);
  await demandRoom(tx, actor, holdingDistrictId);
  const types = kind === "documents" ? [...new Set(input.documentTypes)] : [];
  const made = await tx.$executeRaw`
    insert into record_request (id, reference, requesting_district_id, holding_district_id, kind, document_types, legal_basis, content_sealed, requested_by, requested_by_name)
    values (${requestId}::uuid, new_request_reference(), ${actor.districtId}::uuid, ${holdingDistrictId}::uuid, ${kind}, ${types}::text[], ${input.legalBasis},
      ${sealContent(requestId, content)}, ${actor.membershipId}::uuid, ${actor.name})
    on conflict (id) do nothing`;
  // The second click of a double one, which waited for the first.
  if (made === 0) return requestId;
  await setDueOnArrival(tx, { requestId, holdingDistrictId });
  audit(tx, {
    action: "request.send",
    subject: "request",
    subjectId: requestId,
    detail: { to: holdingDistrictId, kind },
  });
  await tellRequest(tx, "request-received", holdingDistrictId, requestId);
  return requestId;
}

async function demandHolder(tx: DistrictTx, actor: Actor, input: RequestInput): Promise<void> {
  const districts = await tx.district.findMany({
    where: { id: { in: [actor.districtId, input.holdingDistrictId] } },
    select: { id: true, name: true, slug: true, documentsOff: true },
  });
  const own = districts.find((one) => one.id === actor.districtId);
  const holder = districts.find((one) => one.id !== actor.districtId);
  if (!holder?.slug) throw new DomainError("bad-value", { field: "districts" });
  if (input.kind === "cases") return;
  // What can't be delivered needn't be asked for. The case switch is turned on when something is to be sent: it's no obstacle here.
  if (own?.documentsOff) throw new DomainError("own-documents-off");
  if (holder.documentsOff) throw new DomainError("other-documents-off", { district: holder.name });
}

async function demandOwner(tx: DistrictTx, actor: Actor, owner: string): Promise<void> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select m.id from membership m where m.district_id = ${actor.districtId}::uuid and m.disabled_at is null and m.joined_at is not null
      and lower(trim(${owner})) in (lower(m.email), lower(m.username)) limit 1`;
  if (!found) throw new DomainError("no-such-owner", { field: "owner" });
}

/** The own roster's student of this ID isn't of another name, nor born on another day; whoever isn't on it yet has none. */
async function demandOwnStudent(
  tx: DistrictTx,
  actor: Actor,
  content: RequestContent,
  sisId: string,
  same: string | null,
): Promise<void> {
  const [student] = await tx.$queryRaw<(Identity & { id: string })[]>`
    select id, given_name given, family_name family, preferred_name preferred, birth_date::text "birthDate", state_id "stateId" from student
    where district_id = ${actor.districtId}::uuid and sis_id = ${sisId}`;
  if (!student || student.id === same) return;
  if (compareIdentity({ ...content, preferred: null, stateId: null }, student, false).differs)
    throw new DomainError("sis-id-of-another", { studentId: student.id, name: `${student.family}, ${student.given}` });
}

async function demandRoom(tx: DistrictTx, actor: Actor, holdingDistrictId: string): Promise<void> {
  // One at a time per asker and holder, so that the numbers below are right.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${actor.districtId}::text || ${holdingDistrictId}::text, 4))::text`;
  const [row] = await tx.$queryRaw<[{ open: number; day: number; district: string }]>`
    select count(*) filter (where r.status = 'open')::int open, count(*) filter (where r.requested_at > now() - interval '1 day')::int "day",
      (select d.name from district d where d.id = ${holdingDistrictId}::uuid) district
    from record_request r where r.requesting_district_id = ${actor.districtId}::uuid and r.holding_district_id = ${holdingDistrictId}::uuid`;
  const { district } = row;
  if (row.open >= mostOpen) throw new DomainError("too-many-requests", { limit: mostOpen, per: "open", district });
  if (row.day >= mostPerDay) throw new DomainError("too-many-requests", { limit: mostPerDay, per: "day", district });
}
