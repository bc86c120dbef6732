import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { demandOwner } from "@/lib/documents/document-access";
import type { DocumentType } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

type Facts = { title: string; type: string; dated_on: string | null; owner_id: string | null };

/**
 * Changes what a document is called, its type, date and owner; of a received one the owner alone, it stays as it came. `version` is the
 * one that the form was filled from. Throws `forbidden`, `not-there`, `changed-meanwhile`, `choice-gone`, `read-only`.
 */
export async function editDocument(
  tx: DistrictTx,
  actor: Actor,
  input: {
    id: string;
    version: number;
    ownerId: string | null;
    /** Null leaves title, type and date as they are. */
    facts: { title: string; type: DocumentType; datedOn: string | null } | null;
  },
): Promise<void> {
  demand(actor, "manageDocuments");
  const [before] = await tx.$queryRaw<(Facts & { version: number; received: boolean })[]>`
    select d.title, d.type, d.dated_on::text, d.owner_id, d.version, d.origin_district_id is not null as received from document d
    where d.district_id = current_district() and d.id = ${input.id}::uuid and d.deleted_at is null for update`;
  if (!before) throw new DomainError("not-there");
  if (before.version !== input.version) throw new DomainError("changed-meanwhile");
  if (before.received && input.facts) throw new DomainError("read-only");
  await demandOwner(tx, input.ownerId, before.owner_id);
  const { title, type, datedOn } = input.facts ?? { title: before.title, type: before.type, datedOn: before.dated_on };
  await tx.$executeRaw`
    update document d set title = ${title}, type = ${type}, dated_on = ${datedOn}::date, owner_id = ${input.ownerId}::uuid, version = d.version + 1
    where d.district_id = current_district() and d.id = ${input.id}::uuid`;
  const changed = [
    title !== before.title && "title",
    type !== before.type && "type",
    datedOn !== before.dated_on && "date",
    input.ownerId !== before.owner_id && "owner",
  ];
  audit(tx, {
    action: "document.edit",
    subject: "document",
    subjectId: input.id,
    detail: { changed: changed.filter(Boolean).join(" ") },
  });
}
