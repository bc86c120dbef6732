import { audit } from "@/lib/audit";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { demand } from "@/lib/policy";
import type { StudentMatch } from "@/lib/students/match-students";
import { getParties } from "@/lib/transfers/apply";
import { compareWithSent } from "@/lib/transfers/compare-with-sent";
import { getIntake } from "@/lib/transfers/get-intake";

export type ItemDecision = {
  n: number;
  decision: "link" | "new" | "leave";
  studentId: string | null;
  buildingId: string | null;
  teamId: string | null;
  managerId: string | null;
  /** Why a case is left out. The sending district reads it once the transfer is saved. */
  reason: string | null;
};

/**
 * Keeps the receiver's decision about one case of an unlocked transfer, so that leaving midway loses nothing and a colleague can go on.
 * With `applyToAll`, team and case manager also go to all cases that were decided without them. A student whose name or birth date
 * differs takes `sameStudent`: the person's word that it is the same one all the same; that is written down.
 * Returns the number of the next case that is still open, null once none is.
 * Throws `forbidden`, `not-there`, `code-first`, `transfer-decided`, `student-gone`, `student-differs`, `bad-value`.
 */
export async function decideItem(
  doors: Doors,
  input: ItemDecision & { transferId: string; applyToAll: boolean; sameStudent?: boolean },
): Promise<number | null> {
  demand(doors.actor, "manageCases");
  const { transferId } = input;
  const differing =
    input.decision === "link" && input.studentId ? await findDiffering(doors, input.studentId, input) : null;
  if (differing && !input.sameStudent) throw new DomainError("student-differs", { student: differing });
  return doors.exchange(transferId, async (tx) => {
    await store(tx, transferId, [input]);
    if (differing)
      audit(tx, {
        action: "intake.link-differing",
        subject: "transfer",
        subjectId: transferId,
        detail: { case: input.n },
      });
    if (input.applyToAll) {
      const others = await tx.$executeRaw`
        update intake set decided_by = current_member(), decided_at = now(), team_id = coalesce(team_id, ${input.teamId}::uuid), manager_id = coalesce(manager_id, ${input.managerId}::uuid)
        where transfer_id = ${transferId}::uuid and decision <> 'leave' and n <> ${input.n}::int and ((team_id is null and ${input.teamId}::uuid is not null) or (manager_id is null and ${input.managerId}::uuid is not null))`;
      if (others > 0)
        audit(tx, {
          action: "intake.apply-to-all",
          subject: "transfer",
          subjectId: transferId,
          detail: { cases: others },
        });
    }
    const [next] = await tx.$queryRaw<{ n: number }[]>`
      select g.n from transfer t, generate_series(1, t.item_count) g (n)
      where t.id = ${transferId}::uuid and not exists (select 1 from intake i where i.transfer_id = t.id and i.n = g.n) order by g.n < ${input.n}::int, g.n limit 1`;
    return next?.n ?? null;
  });
}

/**
 * Decides many open cases at once: those whose best match agrees in everything are linked (`agreeing`), those without any match become
 * people of concern from the transfer (`unmatched`). Whatever needs an eye stays open. A case goes to the building that its student or
 * its name proposes, else to the given one; the given team and case manager come before the proposed. Returns how many were decided.
 */
export async function decideRest(
  doors: Doors,
  input: {
    transferId: string;
    which: "agreeing" | "unmatched";
    buildingId: string | null;
    teamId: string | null;
    managerId: string | null;
  },
): Promise<number> {
  const intake = await getIntake(doors, input);
  const chosen = intake.items.flatMap<ItemDecision>((item) => {
    if (item.decision || item.receivedBefore.length > 0) return [];
    const [best, second] = item.matches;
    const { proposed } = item;
    const place = {
      buildingId: proposed.buildingId ?? input.buildingId,
      teamId: input.teamId ?? proposed.teamId,
      managerId: input.managerId ?? proposed.managerId,
    };
    if (input.which === "unmatched")
      return best ? [] : [{ n: item.n, decision: "new", studentId: null, reason: null, ...place }];
    return best?.comparison.allAgree && !second?.comparison.allAgree
      ? [{ n: item.n, decision: "link", studentId: best.id, reason: null, ...place }]
      : [];
  });
  if (chosen.length > 0) await doors.exchange(input.transferId, (tx) => store(tx, input.transferId, chosen));
  return chosen.length;
}

/** The student beside the person in the transfer, where name or birth date differs; null where they don't. */
async function findDiffering(
  doors: Doors,
  studentId: string,
  item: { transferId: string; n: number },
): Promise<StudentMatch | null> {
  const [student] = await compareWithSent(doors, item, () => Promise.resolve([studentId]));
  return student && student.comparison.differs ? student : null;
}

async function store(tx: ExchangeTx, transferId: string, decisions: readonly ItemDecision[]): Promise<void> {
  // Who saves this transfer at this moment is waited for, so that nothing is decided about a case that's saved.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${transferId}, 1))::text`;
  for (const one of decisions) {
    if (one.decision === "link" && !one.studentId) throw new DomainError("bad-value", { field: "studentId" });
    if (one.decision === "leave" && !one.reason?.trim()) throw new DomainError("bad-value", { field: "reason" });
  }
  const studentIds = decisions.flatMap((one) => (one.decision === "link" && one.studentId ? [one.studentId] : []));
  if (studentIds.length > 0) {
    const here = await tx.student.count({ where: { id: { in: studentIds }, active: true } });
    if (here < new Set(studentIds).size) throw new DomainError("student-gone");
  }
  const known = async (count: Promise<number>, ids: (string | null)[]) => {
    const wanted = new Set(ids.filter((one) => one !== null));
    if (wanted.size > 0 && (await count) < wanted.size) throw new DomainError("not-there");
  };
  const buildingIds = decisions.map((one) => one.buildingId);
  const teamIds = decisions.map((one) => one.teamId);
  const managerIds = decisions.map((one) => one.managerId);
  await known(tx.building.count({ where: { id: { in: buildingIds.filter((one) => one !== null) } } }), buildingIds);
  await known(tx.team.count({ where: { id: { in: teamIds.filter((one) => one !== null) } } }), teamIds);
  await known(
    tx.membership.count({ where: { id: { in: managerIds.filter((one) => one !== null) }, disabledAt: null } }),
    managerIds,
  );
  const stored = await tx.$executeRaw`
    insert into intake (district_id, transfer_id, n, decision, student_id, building_id, team_id, manager_id, reason, reason_told, decided_by)
    select t.receiving_district_id, t.id, x.n, x.decision, x.student_id, x.building_id, x.team_id, x.manager_id, x.reason, x.reason is not null, current_member()
    from transfer t join jsonb_to_recordset(${JSON.stringify(
      decisions.map((one) => ({
        n: one.n,
        decision: one.decision,
        student_id: one.decision === "link" ? one.studentId : null,
        building_id: one.buildingId,
        team_id: one.teamId,
        manager_id: one.managerId,
        reason: one.decision === "leave" ? one.reason : null,
      })),
    )}::jsonb) x (n int, decision text, student_id uuid, building_id uuid, team_id uuid, manager_id uuid, reason text) on x.n between 1 and t.item_count
    where t.id = ${transferId}::uuid and t.status = 'unlocked' and t.receiving_district_id = current_district()
    on conflict (district_id, transfer_id, n) do update set decision = excluded.decision, student_id = excluded.student_id, building_id = excluded.building_id, team_id = excluded.team_id,
      manager_id = excluded.manager_id, reason = excluded.reason, reason_told = excluded.reason_told, decided_by = excluded.decided_by, decided_at = now()`;
  if (stored < decisions.length) {
    const parties = await getParties(tx, transferId);
    throw new DomainError(
      parties.status === "unlocked" ? "not-there" : parties.status === "pending" ? "code-first" : "transfer-decided",
    );
  }
  audit(tx, {
    action: "intake.decide",
    subject: "transfer",
    subjectId: transferId,
    detail: { cases: decisions.length },
  });
}
