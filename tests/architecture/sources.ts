import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { projectRoot } from "@/lib/run/root";

export type Import = {
  /** A file of the project from its root, without extension (`lib/db/tenant`), or a package as it's named. */
  target: string;
  own: boolean;
  typeOnly: boolean;
  /** What is taken from it; empty for a whole module or a side effect. */
  names: string[];
  reExport: boolean;
};
export type Source = {
  path: string;
  /** Without comments; strings stay. */
  code: string;
  imports: Import[];
};
/** A rule of the house: gives a line for each place where it's broken, beginning with the file's path. */
export type Rule = (sources: readonly Source[]) => string[];

const folders = ["app", "components", "emails", "lib", "prisma", "tests"];
const left = new Set(["node_modules", "generated", ".next"]);

/** All program text of the project: TypeScript and plain scripts, what is generated aside. */
export function projectSources(root = projectRoot): Source[] {
  const paths: string[] = readdirSync(root).filter(isProgram);
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory() && !left.has(entry.name)) walk(path);
      else if (entry.isFile() && isProgram(entry.name)) paths.push(path);
    }
  };
  for (const folder of folders) walk(folder);
  return paths.map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
}

const isProgram = (name: string) => /\.(ts|tsx|mts|mjs|js)$/.test(name) && !name.endsWith(".d.ts");

/** Reads a file's imports, those at run time and re-exports as well. */
export function parseSource(path: string, text: string): Source {
  // Strings are skipped, so that an address in one is no comment.
  const code = text.replaceAll(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, string?: string) => string ?? " ",
  );
  const imports: Import[] = [];
  const add = (specifier: string, clause: string, reExport: boolean) =>
    imports.push(describeImport(path, specifier, clause.trim(), reExport));
  for (const [, keyword, clause = "", specifier = ""] of code.matchAll(
    /^\s*(import|export)\b([\w\s{},*$]*?)\bfrom\s*["']([^"']+)["']/gm,
  )) {
    add(specifier, clause, keyword === "export");
  }
  for (const [, specifier = ""] of code.matchAll(/^\s*import\s*["']([^"']+)["']/gm)) add(specifier, "", false);
  for (const [, specifier = ""] of code.matchAll(/\b(?:import|require)\s*\(\s*["'`]([^"'`]+)["'`]/g))
    add(specifier, "", false);
  return { path, code, imports };
}

function describeImport(path: string, specifier: string, clause: string, reExport: boolean): Import {
  const own = specifier.startsWith("@/") || specifier.startsWith(".");
  const resolved = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? posix.join(dirname(path), specifier)
      : specifier;
  const named =
    /\{([\s\S]*)\}/
      .exec(clause)?.[1]
      ?.split(",")
      .map((one) => one.trim())
      .filter(Boolean) ?? [];
  const others = clause
    .replace(/\{[\s\S]*\}/, "")
    .replace(/^type\b/, "")
    .replaceAll(",", "")
    .trim();
  return {
    target: own ? resolved.replace(/\.(ts|tsx|mts|mjs|js)$/, "") : resolved,
    own,
    typeOnly:
      /^type\b/.test(clause) || (others === "" && named.length > 0 && named.every((one) => one.startsWith("type "))),
    names: named.filter((one) => !one.startsWith("type ")).map((one) => one.split(/\s+as\s+/)[0] ?? one),
    reExport,
  };
}
