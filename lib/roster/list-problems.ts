import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { type Actor, demand } from "@/lib/policy";
import { reasonWords } from "@/lib/roster/problem-words";

export type ProblemView = {
  file: string;
  line: number | null;
  column: string | null;
  reason: string;
  /** The row wasn't taken; otherwise a value was left out. */
  refused: boolean;
};

export const problemsPerPage = 50;

type Row = {
  file: string;
  line: number | null;
  column_name: string | null;
  reason: string;
  detail: string | null;
  refused: boolean;
};

/** What's wrong with the rows of an import, as they stand in it; refused rows first. All that were kept without a `page`. Throws `forbidden`, `not-there`. */
export async function listProblems(
  tx: DistrictTx,
  actor: Actor,
  input: { importId: string; page?: number },
): Promise<{ problems: ProblemView[]; total: number }> {
  demand(actor, "manageDistrict");
  const found = await tx.rosterImport.count({ where: { districtId: actor.districtId, id: input.importId } });
  if (found === 0) throw new DomainError("not-there");
  const [limit, offset] = input.page ? [problemsPerPage, (Math.max(1, input.page) - 1) * problemsPerPage] : [null, 0];
  const rows = await tx.$queryRaw<(Row & { total: number })[]>`
    select file, line, column_name, reason, detail, refused, count(*) over ()::int total from roster_problem
    where district_id = ${actor.districtId}::uuid and import_id = ${input.importId}::uuid order by refused desc, file, line nulls first, n limit ${limit}::bigint offset ${offset}::bigint`;
  return {
    problems: rows.map((row) => ({
      file: row.file,
      line: row.line,
      column: row.column_name,
      reason: reasonWords(row.reason, row.detail),
      refused: row.refused,
    })),
    total: rows[0]?.total ?? 0,
  };
}
