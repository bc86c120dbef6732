import { randomUUID } from "node:crypto";
import { audit } from "@/lib/audit";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { keepAddress } from "@/lib/storage/file-address";
import { keys } from "@/lib/storage/keys";
import { compareStudents } from "@/lib/students/compare-students";
import { auditBoth, decide, getParties } from "@/lib/transfers/apply";
import { inOneState } from "@/lib/transfers/compare-with-sent";
import { type OpenDocuments, openDocuments, readDocuments } from "@/lib/transfers/open-documents";
import { bound, type Place } from "@/lib/transfers/package-place";
import { coverBound } from "@/lib/transfers/save-transfer";
import { unwrapKey } from "@/lib/transfers/seal";

/** To whom documents go in the receiving district. */
type Target = { studentId: string; ownerId: string };

/**
 * Delivers a sealed document package inside the receiving district, or holds it: the two districts' student records are compared in the
 * database (product.md, section 4). For the district's worker: first when the package is sealed, and again whenever roster or people
 * changed. What it gives is for the receiving district; the sender learns only delivered or held. Null where there's nothing to deliver.
 * Throws `forbidden`, `not-there`, `SealError` where the package was changed.
 */
export async function deliverDocuments(
  doors: Doors,
  input: { transferId: string },
): Promise<"delivered" | "held" | null> {
  const opened = await open(doors, input.transferId);
  if (!opened) return null;
  const { transferId } = input;
  return doors.exchange(transferId, async (tx) => {
    const status = await lock(tx, transferId);
    if (status === null) return null;
    const { identity, sisId, owner } = opened.cover;
    const [found] = await tx.$queryRaw<{ o_student: string; o_owner: string }[]>`
      select * from exchange_match(${transferId}::uuid, ${identity.given}, ${identity.preferred}, ${identity.family}, ${identity.birthDate}::date, ${identity.stateId},
        ${identity.twin}, ${sisId}, ${owner})`;
    // Without what agreed or not: the sender reads this as well. A roster that changes nothing for it leaves no trace in either log.
    if (found || status === "preparing") auditBoth(tx, transferId, opened.place, "identity.check");
    if (found) {
      await insert(tx, doors, opened, { studentId: found.o_student, ownerId: found.o_owner });
      return "delivered";
    }
    if (status === "preparing") await decide(tx, transferId, "hold");
    return "held";
  });
}

/**
 * **Link and deliver**: somebody of the receiving district says which student a held transfer is about and who owns it. A student whose
 * name or birth date differs takes `sameStudent`: the person's word that it is the same one all the same; that is written down. Throws
 * `forbidden`, `not-there`, `own-documents-off`, `student-gone`, `student-differs`, `owner-gone`, `transfer-moved`. Who clicks twice gets
 * the same answer.
 */
export async function linkDocuments(
  doors: Doors,
  input: Target & { transferId: string; sameStudent?: boolean },
): Promise<void> {
  demand(doors.actor, "manageDocuments");
  const { transferId, sameStudent = false, ...target } = input;
  if (await doors.exchange(transferId, (tx) => isLinkedByActor(tx, transferId, target))) return;
  const opened = await open(doors, transferId);
  if (opened?.status !== "held") throw new DomainError("transfer-moved");
  await doors.exchange(transferId, async (tx) => {
    if ((await lock(tx, transferId)) !== "held") {
      if (await isLinkedByActor(tx, transferId, target)) return;
      throw new DomainError("transfer-moved");
    }
    // Held until the end: who disables it at this moment waits.
    const [own] = await tx.$queryRaw<[{ off: boolean }]>`
      select d.documents_off off from district d where d.id = current_district() for share`;
    if (own.off) throw new DomainError("own-documents-off");
    const student = await compareWithCover(tx, opened, target.studentId);
    if (!student) throw new DomainError("student-gone");
    if (student.comparison.differs && !sameStudent) throw new DomainError("student-differs", { student });
    const owner = await tx.membership.count({
      where: { id: target.ownerId, disabledAt: null, joinedAt: { not: null } },
    });
    if (owner === 0) throw new DomainError("owner-gone");
    audit(tx, {
      action: "transfer.link",
      subject: "transfer",
      subjectId: transferId,
      detail: { student: target.studentId, owner: target.ownerId },
    });
    if (student.comparison.differs)
      audit(tx, { action: "transfer.link-differing", subject: "transfer", subjectId: transferId });
    await insert(tx, doors, opened, target);
  });
}

/** A student of the roster beside whom the documents are about; undefined who isn't on it. */
async function compareWithCover(tx: ExchangeTx, { cover, place }: Opened, studentId: string) {
  const sameState = await inOneState(tx, place);
  const compared = await compareStudents(tx, [{ ...cover.identity, n: 1, studentIds: [studentId] }], { sameState });
  return compared.get(1)?.[0];
}

type Opened = OpenDocuments & { place: Place; status: "preparing" | "held"; files: PackageFile[] };
type PackageFile = {
  n: number;
  storageKey: string;
  keySealed: Uint8Array;
  size: bigint;
  sha256: Uint8Array;
  mediaType: string;
  scan: string;
};

async function open(doors: Doors, transferId: string): Promise<Opened | null> {
  demand(doors.actor, "manageDocuments");
  const read = await doors.exchange(transferId, async (tx) => {
    const sealed = await readDocuments(tx, transferId);
    return sealed && { sealed, files: await tx.packageFile.findMany({ where: { transferId } }) };
  });
  if (!read) return null;
  const { place, status } = read.sealed;
  return { ...openDocuments(read.sealed), place, status, files: read.files };
}

/** Held until the end: whoever else delivers, holds, returns or links it waits here. Where it stands then; null where it's too late. */
async function lock(tx: ExchangeTx, transferId: string): Promise<"preparing" | "held" | null> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${transferId}, 1))::text`;
  const { status } = await getParties(tx, transferId);
  return status === "preparing" || status === "held" ? status : null;
}

/** Whether the actor has linked it to this student and owner before. */
async function isLinkedByActor(tx: ExchangeTx, transferId: string, { studentId, ownerId }: Target): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ mine: boolean }]>`
    select exists (select 1 from transfer_event e where e.transfer_id = ${transferId}::uuid and e.verb = 'deliver' and e.district_id = current_district() and e.membership_id = current_member())
      and exists (select 1 from document d where d.origin_transfer_id = ${transferId}::uuid and d.student_id = ${studentId}::uuid and d.owner_id = ${ownerId}::uuid) mine`;
  return row.mine;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The package's files become the district's own, under its key, without being copied once more; a row per document; then it's delivered. */
async function insert(tx: ExchangeTx, doors: Doors, opened: Opened, target: Target): Promise<void> {
  const { place, cover, dataKey } = opened;
  const { transferId, sendingDistrictId, receivingDistrictId } = place;
  const fileOf = new Map(opened.files.map((file) => [file.n, file]));
  const rows = opened.documents.map(({ content }) => {
    const file = fileOf.get(content.file) as PackageFile;
    const fileKey = unwrapKey(Buffer.from(file.keySealed), dataKey, bound(place, `file ${file.n}`));
    const { keyWrapped } = keepAddress(receivingDistrictId, { storageKey: file.storageKey, fileKey });
    return {
      id: randomUUID(),
      file_id: randomUUID(),
      title: content.title,
      type: content.type,
      dated_on: content.datedOn,
      storage_key: file.storageKey,
      key: hex(keyWrapped),
      size: String(file.size),
      sha256: hex(file.sha256),
      media_type: file.mediaType,
      scan: file.scan,
    };
  });
  await tx.$executeRaw`
    with x as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      x (id uuid, file_id uuid, title text, type text, dated_on date, storage_key text, key text, size bigint, sha256 text, media_type text, scan text)),
    f as (insert into stored_file (district_id, id, storage_key, key_wrapped, size, sha256, media_type, scan)
      select current_district(), x.file_id, x.storage_key, decode(x.key, 'hex'), x.size, decode(x.sha256, 'hex'), x.media_type, x.scan from x)
    insert into document (district_id, id, student_id, file_id, title, type, dated_on, owner_id, added_by_name, origin_transfer_id, origin_district_id)
    select current_district(), x.id, ${target.studentId}::uuid, x.file_id, x.title, x.type, x.dated_on, ${target.ownerId}::uuid, ${cover.sentBy}, ${transferId}::uuid, ${sendingDistrictId}::uuid from x`;
  await tx.receivedCover.create({
    data: {
      districtId: receivingDistrictId,
      transferId,
      sentBy: cover.sentBy,
      notesSealed: new Uint8Array(
        keys().wrapForDistrict(receivingDistrictId, Buffer.from(cover.notes), coverBound(transferId)),
      ),
    },
  });
  for (const row of rows) audit(tx, { action: "document.receive", subject: "document", subjectId: row.id });
  await decide(tx, transferId, "deliver");
  await tx.$executeRaw`select exchange_disclose_documents(${transferId}::uuid)::text`;
}
