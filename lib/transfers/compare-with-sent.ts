import type { DistrictTx, Doors, ExchangeTx } from "@/lib/db/types";
import { compareStudents } from "@/lib/students/compare-students";
import type { StudentMatch } from "@/lib/students/match-students";
import { openDocuments, readIdentity } from "@/lib/transfers/open-documents";
import { openPackage, readPackage } from "@/lib/transfers/open-package";
import type { Place } from "@/lib/transfers/package-place";

/** Whom a student of the own roster is looked for: the person in case `n` of an unlocked transfer, or (null) whom held documents are about. */
export type SentPerson = { transferId: string; n: number | null };

/**
 * Students of the own roster, each compared with a person who was sent. `choose` names them; it isn't asked where the transfer has no
 * such person any more. Who left the roster stays out. Throws `not-there`, and of cases `code-first`, `transfer-decided`.
 */
export async function compareWithSent(
  doors: Doors,
  sent: SentPerson,
  choose: (tx: DistrictTx) => Promise<string[]>,
): Promise<StudentMatch[]> {
  const { transferId, n } = sent;
  const read = await doors.exchange(transferId, async (tx) => {
    const documents = n === null ? await readIdentity(tx, doors.actor, transferId, { again: true }) : null;
    const cases = n === null ? null : await readPackage(tx, transferId, [n]);
    const place = (documents ?? cases)?.place;
    return place && { documents, cases, sameState: await inOneState(tx, place) };
  });
  const person = read?.documents
    ? openDocuments(read.documents).cover.identity
    : read?.cases && openPackage(read.cases).cases.find((one) => one.n === n)?.content.person;
  if (!read || !person) return [];
  return doors.district(async (tx) => {
    const compared = await compareStudents(tx, [{ ...person, n: 1, studentIds: await choose(tx) }], read);
    return compared.get(1) ?? [];
  });
}

/** Whether both districts lie in one state, where a differing state ID says something. */
export async function inOneState(tx: ExchangeTx, place: Place): Promise<boolean> {
  const districts = await tx.district.findMany({
    where: { id: { in: [place.sendingDistrictId, place.receivingDistrictId] } },
    select: { state: true },
  });
  return new Set(districts.map((one) => one.state)).size === 1;
}
