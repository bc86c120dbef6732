import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { type Contact, findContacts } from "@/lib/districts/find-contacts";
import { listMails, type MailView } from "@/lib/districts/list-mails";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";
import { findRequestRow, type RequestRow } from "@/lib/requests/list-requests";
import {
  demandKind,
  openContent,
  type RequestBasis,
  type RequestContent,
  type RequestKind,
} from "@/lib/requests/request-content";

export type RequestDetails = RequestRow & {
  otherId: string;
  otherCity: string | null;
  legalBasis: RequestBasis;
  /** Null for the holder of a withdrawn request: it's no longer asked for. */
  content: RequestContent | null;
  contact: Contact | null;
  /** The transfers that answer it, as far as this side sees them. */
  transfers: { id: string; reference: string; kind: RequestKind; status: string; createdAt: Date }[];
  /** The own district's mails about it. */
  mails: MailView[];
};

/** A record request with what it asks for. The reading is written down. Throws `forbidden`, `not-there`. */
export async function getRequest(tx: DistrictTx, actor: Actor, input: { requestId: string }): Promise<RequestDetails> {
  const { requestId } = input;
  const { row, more, content } = await read(tx, actor, requestId);
  const transfers = await tx.transfer.findMany({
    where: { requestId },
    select: { id: true, reference: true, kind: true, status: true, createdAt: true },
    orderBy: { createdAt: "asc" },
  });
  return {
    ...row,
    otherId: more.otherId,
    otherCity: more.otherCity,
    legalBasis: more.legalBasis,
    content,
    contact: (await findContacts(tx, [more.otherId])).get(more.otherId) ?? null,
    transfers: transfers.map((one) => ({ ...one, kind: one.kind as RequestKind })),
    mails: await listMails(tx, { requestId }),
  };
}

/** What a transfer that answers a request is filled in with. For the holder, while it's open. */
export type RequestPrefill = {
  reference: string;
  /** The asking district. */
  districtId: string;
  sisId: string;
  owner: string;
  legalBasis: RequestBasis;
};

/** Null where the request isn't there for the holder, or isn't open any more. The reading is written down. Throws `forbidden`. */
export async function getRequestPrefill(
  tx: DistrictTx,
  actor: Actor,
  requestId: string,
): Promise<RequestPrefill | null> {
  const found = await read(tx, actor, requestId).catch((error: unknown) => {
    if (error instanceof DomainError && error.kind === "not-there") return null;
    throw error;
  });
  if (!found?.content || found.row.side !== "incoming" || found.row.status !== "open") return null;
  const { row, more, content } = found;
  return {
    reference: row.reference,
    districtId: more.otherId,
    sisId: content.sisId ?? "",
    owner: content.owner ?? "",
    legalBasis: more.legalBasis,
  };
}

type More = { otherId: string; otherCity: string | null; legalBasis: RequestBasis; sealed: Uint8Array };

async function read(
  tx: DistrictTx,
  actor: Actor,
  requestId: string,
): Promise<{ row: RequestRow; more: More; content: RequestContent | null }> {
  const row = await findRequestRow(tx, actor, requestId);
  if (!row) throw new DomainError("not-there");
  demandKind(actor, row.kind);
  const [more] = await tx.$queryRaw<[More]>`
    select o.id "otherId", o.city "otherCity", r.legal_basis "legalBasis", r.content_sealed sealed
    from record_request r join district o on o.id = case when r.requesting_district_id = current_district() then r.holding_district_id else r.requesting_district_id end
    where r.id = ${requestId}::uuid`;
  audit(tx, { action: "request.read", subject: "request", subjectId: requestId });
  const hidden = row.side === "incoming" && row.status === "withdrawn";
  return { row, more, content: hidden ? null : openContent(requestId, more.sealed) };
}
