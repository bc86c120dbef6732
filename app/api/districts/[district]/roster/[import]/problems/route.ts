import { stringify } from "csv-stringify/sync";
import { DomainError } from "@/lib/errors";
import { listProblems } from "@/lib/roster/list-problems";
import { id as uuid } from "@/lib/web/forms";
import { districtRoute } from "@/lib/web/route";

/** What's wrong with the rows of an import, as CSV for whoever mends them at the source. */
export const GET = districtRoute<"import">(
  { needs: "manageDistrict" },
  async ({ doors, actor }, _request, { import: importId }) => {
    if (!uuid().safeParse(importId).success) throw new DomainError("not-there");
    const { problems } = await doors.district((tx) => listProblems(tx, actor, { importId }));
    const rows = problems.map((one) => [
      one.file,
      one.line,
      one.column,
      one.reason,
      one.refused ? "not taken" : "taken without this value",
    ]);
    // What stands in a cell is text, whatever a spreadsheet would calculate from it.
    const body = stringify([["file", "line", "column", "reason", "row"], ...rows], {
      bom: true,
      escape_formulas: true,
    });
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="roster-problems.csv"',
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
      },
    });
  },
);
