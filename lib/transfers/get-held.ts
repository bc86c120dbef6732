import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import { compareStudents } from "@/lib/students/compare-students";
import { matchStudents, type StudentMatch } from "@/lib/students/match-students";
import { inOneState } from "@/lib/transfers/compare-with-sent";
import { openDocuments, readIdentity } from "@/lib/transfers/open-documents";
import type { DocumentCover } from "@/lib/transfers/package-content";

export type Held = {
  transferId: string;
  reference: string;
  /** Whom the documents are about, as the sender has them. */
  person: Omit<DocumentCover["identity"], "twin">;
  sisId: string;
  owner: string;
  notes: string;
  sentBy: string;
  /** The user whom the sender named as owner, where there is one. */
  ownerId: string | null;
  /** Who has the SIS Student ID that was typed, then who comes nearest. */
  matches: StudentMatch[];
  owners: { id: string; name: string; username: string }[];
};

/**
 * The sent identity of a held transfer beside the own district's students, for who links it. Opening it is a disclosure: the sender's
 * record says so (34 CFR 99.32), and both audit logs. Null where it isn't held any more. Throws `forbidden`, `not-there`.
 */
export async function getHeld(doors: Doors, input: { transferId: string }): Promise<Held | null> {
  demand(doors.actor, "manageDocuments");
  const { transferId } = input;
  const read = await doors.exchange(transferId, async (tx) => {
    const sealed = await readIdentity(tx, doors.actor, transferId);
    return sealed && { sealed, sameState: await inOneState(tx, sealed.place) };
  });
  if (!read) return null;
  const { cover } = openDocuments(read.sealed);
  const { twin: _, ...person } = cover.identity;
  const found = await doors.district(async (tx) => {
    const named = await tx.student.findFirst({ where: { sisId: cover.sisId, active: true }, select: { id: true } });
    const wanted = { n: 1, ...person };
    const nearest = (await matchStudents(tx, [wanted], read)).get(1) ?? [];
    const byNumber =
      named && !nearest.some((one) => one.id === named.id)
        ? ((await compareStudents(tx, [{ ...wanted, studentIds: [named.id] }], read)).get(1) ?? [])
        : [];
    const owners = await tx.membership.findMany({
      where: { disabledAt: null, joinedAt: { not: null } },
      select: { id: true, name: true, username: true, email: true },
      orderBy: { name: "asc" },
    });
    return { matches: [...nearest, ...byNumber], owners };
  });
  const typed = cover.owner.trim().toLowerCase();
  return {
    transferId,
    reference: read.sealed.reference,
    person,
    sisId: cover.sisId,
    owner: cover.owner,
    notes: cover.notes,
    sentBy: cover.sentBy,
    ownerId: found.owners.find((one) => one.email === typed || one.username === typed)?.id ?? null,
    matches: found.matches,
    owners: found.owners.map(({ email: __, ...one }) => one),
  };
}
