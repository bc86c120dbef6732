import { audit } from "@/lib/audit";
import { type CaseFacts, demandChoices, setAssigned } from "@/lib/cases/case-input";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";

type Facts = {
  building_id: string | null;
  team_id: string | null;
  manager_id: string | null;
  status: string;
  level: string;
};

/**
 * Changes a case's facts and assigned users. `version` is the one that the form was filled from; saving the same form twice changes
 * nothing the second time. Throws `forbidden`, `not-there`, `changed-meanwhile`, `choice-gone`.
 */
export async function editCase(
  tx: DistrictTx,
  actor: Actor,
  input: CaseFacts & { id: string; version: number },
): Promise<void> {
  demand(actor, "manageCases");
  await demandChoices(tx, input, input.id);
  const [row] = await tx.$queryRaw<{ before: Facts; after: Facts }[]>`
    update "case" c set building_id = ${input.buildingId}::uuid, team_id = ${input.teamId}::uuid, manager_id = ${input.managerId}::uuid,
      status = ${input.status}, level = ${input.level}, version = c.version + 1, updated_at = now()
    from (select * from "case" x where x.district_id = current_district() and x.id = ${input.id}::uuid for update) old
    where c.district_id = old.district_id and c.id = old.id and old.version = ${input.version}::int
    returning to_jsonb(old) - 'search' as before, to_jsonb(c) - 'search' as after`;
  if (!row) {
    const there = await tx.$queryRaw<
      unknown[]
    >`select 1 from "case" c where c.district_id = current_district() and c.id = ${input.id}::uuid`;
    throw new DomainError(there.length > 0 ? "changed-meanwhile" : "not-there");
  }
  const { added, removed } = await setAssigned(tx, input.id, input);
  const fields = {
    building_id: "building",
    team_id: "team",
    manager_id: "manager",
    status: "status",
    level: "level",
  } as const;
  const changed = Object.entries(fields).filter(
    ([column]) => row.before[column as keyof Facts] !== row.after[column as keyof Facts],
  );
  audit(tx, {
    action: "case.edit",
    subject: "case",
    subjectId: input.id,
    detail: {
      changed: changed.map(([, name]) => name).join(" "),
      assigned: added,
      unassigned: removed,
      ...(row.before.status === row.after.status ? {} : { statusWas: row.before.status, status: row.after.status }),
      ...(row.before.level === row.after.level ? {} : { levelWas: row.before.level, level: row.after.level }),
    },
  });
}
