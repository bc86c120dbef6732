import type { Bundle } from "@/lib/roster/bundle";
import type { FileMode } from "@/lib/roster/manifest";
import type { Problem } from "@/lib/roster/problem-words";
import { openCsv } from "@/lib/roster/read-csv";
import { tidy } from "@/lib/roster/record";

/** What OneRoster calls organizations (1.1, 6.4; 1.2, OrgTypeEnum). Only schools become buildings. */
const types = new Set(["department", "school", "district", "local", "state", "national"]);

/** No school, for whom an organization above the schools is named. */
const NONE = -1;

export type Orgs = {
  /** The schools of the bundle. */
  schools: { id: string; name: string }[];
  /** The number of a school by its sourcedId; -1 for a known organization that isn't one; undefined for one that nobody knows. */
  schoolOf(id: string): number | undefined;
  /** The sourcedId of a school by its number; null for none. */
  idOf(school: number | undefined): string | null;
  /** Whether the bundle names all organizations, so that one it doesn't name is a mistake. */
  whole: boolean;
};

/** Reads orgs.csv. Without one, or where it brings changes only, the district's own buildings count as well. Throws `BundleUnreadable`. */
export async function readOrgs(
  bundle: Bundle,
  mode: FileMode,
  before: ReadonlySet<string>,
  problem: (row: Omit<Problem, "file">) => Promise<void> | undefined,
): Promise<Orgs> {
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const schools: Orgs["schools"] = [];
  const add = (id: string) => {
    numbers.set(id, ids.push(id) - 1);
  };
  if (mode !== "bulk") for (const id of before) add(id);
  if (mode !== "absent") {
    const table = await openCsv(bundle, "orgs.csv", ["sourcedId", "name", "type"]);
    const at = {
      id: table.at("sourcedId"),
      name: table.at("name"),
      type: table.at("type"),
      status: table.at("status"),
    };
    const lines = new Map<string, number>();
    const names = new Set<string>();
    for await (const { cells, line } of table.rows) {
      const id = tidy(cells[at.id]);
      const name = tidy(cells[at.name]);
      const type = tidy(cells[at.type]).toLowerCase();
      const refuse = (column: string | null, reason: Problem["reason"], detail: string | null = null) =>
        problem({ line, column, reason, detail, refused: true });
      const twice = lines.get(id);
      if (cells.length !== table.width) await refuse(null, "fields", String(cells.length));
      else if (id === "") await refuse("sourcedId", "id-missing");
      else if (id.length > 255) await refuse("sourcedId", "id-long");
      else if (twice !== undefined) await refuse("sourcedId", "id-twice", String(twice));
      else if (!types.has(type)) await refuse("type", "type", type.slice(0, 40));
      else if (type === "school" && name === "") await refuse("name", "name-missing");
      else if (name.length > 200) await refuse("name", "too-long", "200");
      else if (cells[at.status]?.trim().toLowerCase() !== "tobedeleted") {
        lines.set(id, line);
        if (type !== "school") numbers.set(id, NONE);
        else {
          if (!numbers.has(id)) add(id);
          // Two schools of one name are told apart by their sourcedId.
          const unique = names.has(name.toLowerCase()) ? `${name} (${id.slice(0, 60)})` : name;
          names.add(name.toLowerCase());
          schools.push({ id, name: unique });
        }
      }
    }
  }
  return {
    schools,
    whole: mode === "bulk",
    schoolOf: (id) => numbers.get(id) ?? (mode === "bulk" ? undefined : NONE),
    idOf: (school) => (school === undefined || school === NONE ? null : (ids[school] ?? null)),
  };
}
