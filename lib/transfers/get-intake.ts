import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import { plainName } from "@/lib/students/compare-identity";
import { compareStudents } from "@/lib/students/compare-students";
import { matchStudents, type StudentMatch } from "@/lib/students/match-students";
import { inOneState } from "@/lib/transfers/compare-with-sent";
import { openPackage, readPackage } from "@/lib/transfers/open-package";
import type { CaseContent, Cover } from "@/lib/transfers/package-content";

export type IntakeDecision = {
  decision: "link" | "new" | "leave";
  studentId: string | null;
  studentName: string | null;
  studentSisId: string | null;
  buildingId: string | null;
  teamId: string | null;
  managerId: string | null;
  reason: string | null;
  decidedBy: string;
};
export type IntakeItem = {
  n: number;
  content: CaseContent;
  decision: IntakeDecision | null;
  /** Best first; the first is proposed. */
  matches: StudentMatch[];
  /** The student that the decision links to, as long as they are on the roster. */
  linked: StudentMatch | null;
  /** What the page proposes for where the case goes. */
  proposed: Proposal;
  /** Cases of ours that stem from the same original. */
  receivedBefore: { id: string; number: string }[];
};
export type Choice = { id: string; name: string };
export type Proposal = { buildingId: string | null; teamId: string | null; managerId: string | null };
export type Intake = {
  transferId: string;
  reference: string;
  cover: Cover;
  sameState: boolean;
  items: IntakeItem[];
  buildings: Choice[];
  teams: Choice[];
  managers: Choice[];
};

/**
 * All that the case details page of an unlocked transfer shows: what came, what was decided so far, whom each case may be about.
 * The reading is written down. Throws `forbidden`, `not-there`, `code-first`, `transfer-decided`.
 */
export async function getIntake(doors: Doors, input: { transferId: string }): Promise<Intake> {
  demand(doors.actor, "manageCases");
  const { transferId } = input;
  const read = await doors.exchange(transferId, async (tx) => {
    const sealed = await readPackage(tx, transferId);
    audit(tx, { action: "package.read", subject: "transfer", subjectId: transferId });
    const decisions = await tx.$queryRaw<(IntakeDecision & { n: number })[]>`
      select i.n, i.decision, i.student_id "studentId", s.family_name || ', ' || s.given_name "studentName", s.sis_id "studentSisId", i.building_id "buildingId", i.team_id "teamId",
        i.manager_id "managerId", i.reason, m.name "decidedBy"
      from intake i join membership m on m.district_id = i.district_id and m.id = i.decided_by left join student s on s.district_id = i.district_id and s.id = i.student_id
      where i.transfer_id = ${transferId}::uuid`;
    return {
      sealed,
      decisions,
      sameState: await inOneState(tx, sealed.place),
      buildings: await tx.building.findMany({ select: { id: true, name: true }, orderBy: { name: "asc" } }),
      teams: await tx.team.findMany({ select: { id: true, name: true }, orderBy: { name: "asc" } }),
      managers: await tx.membership.findMany({
        where: { disabledAt: null, joinedAt: { not: null } },
        select: { id: true, name: true },
        orderBy: { name: "asc" },
      }),
    };
  });
  const { cover, cases } = openPackage(read.sealed);
  const { sameState } = read;
  const decided = new Map(read.decisions.map(({ n, ...decision }) => [n, decision]));
  const { matches, linked, before } = await doors.district(async (tx) => ({
    linked: await compareStudents(
      tx,
      cases.map(({ n, content }) => ({ n, ...content.person, studentIds: [decided.get(n)?.studentId ?? []].flat() })),
      { sameState },
    ),
    matches: await matchStudents(
      tx,
      cases.map(({ n, content }) => ({ n, ...content.person })),
      { sameState },
    ),
    before: await tx.case.findMany({
      where: {
        OR: [
          { originCaseId: { in: cases.map((one) => one.content.originCaseId) } },
          { id: { in: cases.map((one) => one.content.originCaseId) } },
        ],
      },
      select: { id: true, number: true, originCaseId: true },
    }),
  }));
  return {
    transferId,
    reference: read.sealed.reference,
    cover,
    sameState,
    items: cases.map(({ n, content }) => ({
      n,
      content,
      decision: decided.get(n) ?? null,
      matches: matches.get(n) ?? [],
      linked: linked.get(n)?.[0] ?? null,
      proposed: propose(content, linked.get(n)?.[0] ?? matches.get(n)?.[0] ?? null, read),
      receivedBefore: before
        .filter((one) => one.originCaseId === content.originCaseId || one.id === content.originCaseId)
        .map(({ id, number }) => ({ id, number })),
    })),
    buildings: read.buildings,
    teams: read.teams,
    managers: read.managers,
  };
}

/** Where the student goes to school here; else what bears the same name here as there. Null where that says nothing. */
function propose(
  content: CaseContent,
  student: StudentMatch | null,
  own: { buildings: Choice[]; teams: Choice[]; managers: Choice[] },
): Proposal {
  const named = (list: Choice[], name: string | null) =>
    name ? (list.find((one) => plainName(one.name) === plainName(name))?.id ?? null) : null;
  return {
    buildingId: student?.buildingId ?? named(own.buildings, content.building),
    teamId: named(own.teams, content.team),
    managerId: named(own.managers, content.manager),
  };
}

/** The item of an intake; throws `not-there`. */
export function getIntakeItem(intake: Intake, n: number): IntakeItem {
  const item = intake.items.find((one) => one.n === n);
  if (!item) throw new DomainError("not-there");
  return item;
}
