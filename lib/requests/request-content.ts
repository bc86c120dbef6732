import { DomainError } from "@/lib/errors";
import { type Actor, may } from "@/lib/policy";
import { keys } from "@/lib/storage/keys";

/** What a record request is for: students' documents, or cases. */
export const requestKinds = ["documents", "cases"] as const;
export type RequestKind = (typeof requestKinds)[number];
export type RequestStatus = "open" | "answered" | "declined" | "withdrawn";
export type RequestSide = "incoming" | "outgoing";
export const requestBases = ["enrollment", "consent", "emergency"] as const;
export type RequestBasis = (typeof requestBases)[number];

/** What names a person. It stands sealed in the shared row, and in no log, mail or address. */
export type RequestContent = {
  given: string;
  family: string;
  /** YYYY-MM-DD */
  birthDate: string;
  grade: string | null;
  /** E-mail or username of the new owner in the asking district. */
  owner: string | null;
  /** The student's ID in the asking district. */
  sisId: string | null;
  /** At most 2,000 characters. */
  message: string;
};

const needs = { documents: "manageDocuments", cases: "manageCases" } as const;

/** Whether the actor has to do with record requests of this kind, on whichever side. */
const mayHandle = (actor: Actor, kind: RequestKind): boolean => may(actor, needs[kind]);

/** Throws `forbidden` where `mayHandle` says no. */
export function demandKind(actor: Actor, kind: RequestKind): void {
  if (!mayHandle(actor, kind)) throw new DomainError("forbidden");
}

/** The kinds that the actor has to do with. Throws `forbidden` where it's none. */
export function kindsOf(actor: Actor): RequestKind[] {
  const kinds = requestKinds.filter((kind) => mayHandle(actor, kind));
  if (kinds.length === 0) throw new DomainError("forbidden");
  return kinds;
}

/** What a request's content is bound to. */
export const contentBound = (requestId: string): Buffer => Buffer.from(`record request ${requestId}`);

/** Wraps a request's content by the exchange's key, so that both districts read it and the database alone doesn't. */
export function sealContent(requestId: string, content: RequestContent): Uint8Array<ArrayBuffer> {
  return new Uint8Array(keys().wrapForExchange(Buffer.from(JSON.stringify(content)), contentBound(requestId)));
}

/** Throws `SealError` for another request's content. */
export const openContent = (requestId: string, sealed: Uint8Array): RequestContent =>
  contentOpener()(requestId, sealed);

/** Opens many, one after the other at once, with one reading of the key ring: it isn't for keeping. */
export function contentOpener(): typeof openContent {
  const ring = keys();
  return (requestId, sealed) =>
    JSON.parse(ring.unwrapForExchange(Buffer.from(sealed), contentBound(requestId)).toString()) as RequestContent;
}
