import { type Bundle, BundleUnreadable } from "@/lib/roster/bundle";
import { openCsv } from "@/lib/roster/read-csv";

export type FileMode = "bulk" | "delta" | "absent";
export type Manifest = { version: "1.1" | "1.2"; modes: Record<RosterFile, FileMode> };
export type RosterFile = "orgs" | "users" | "demographics" | "roles";

const files: readonly RosterFile[] = ["orgs", "users", "demographics", "roles"];

/**
 * Reads manifest.csv (OneRoster 1.1, CSV tables, 4.1; 1.2, CSV binding, 5.1): the version, and which files there are and whether whole
 * or changes only. What's in the zip and not in the manifest doesn't count. Throws `BundleUnreadable`.
 */
export async function readManifest(bundle: Bundle): Promise<Manifest> {
  if (!bundle.has("manifest.csv")) throw new BundleUnreadable("manifest-missing");
  const table = await openCsv(bundle, "manifest.csv", ["propertyName", "value"]);
  const [name, value] = [table.at("propertyName"), table.at("value")];
  const properties = new Map<string, string>();
  for await (const { cells } of table.rows)
    properties.set((cells[name] ?? "").trim().toLowerCase(), (cells[value] ?? "").trim());
  const told = properties.get("oneroster.version");
  if (!told) throw new BundleUnreadable("version-missing");
  const version = /^1\.([12])(?:\.\d+)?$/.exec(told)?.[1];
  if (!version) throw new BundleUnreadable("version", told.slice(0, 20));
  const modes = Object.fromEntries(files.map((file) => [file, modeOf(file, properties)])) as Manifest["modes"];
  for (const file of files) {
    if (modes[file] !== "absent" && !bundle.has(`${file}.csv`))
      throw new BundleUnreadable("file-missing", `${file}.csv`);
  }
  if (modes.users === "absent" && modes.demographics !== "delta" && modes.roles !== "delta")
    throw new BundleUnreadable("no-users");
  if (version === "2" && modes.users === "bulk" && modes.roles !== "bulk") throw new BundleUnreadable("no-roles");
  return { version: version === "1" ? "1.1" : "1.2", modes: version === "1" ? { ...modes, roles: "absent" } : modes };
}

function modeOf(file: RosterFile, properties: ReadonlyMap<string, string>): FileMode {
  const mode = (properties.get(`file.${file}`) || "absent").toLowerCase();
  if (mode === "bulk" || mode === "delta" || mode === "absent") return mode;
  throw new BundleUnreadable("mode", `file.${file}: ${mode.slice(0, 20)}`);
}
