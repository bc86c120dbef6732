import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@/lib/run/root";

/** What the build that the browser tests run on serves, from Next's own manifests. */
type Manifest = { node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }> };

const read = <T>(name: string): T => JSON.parse(readFileSync(join(projectRoot, ".next", "server", name), "utf8")) as T;

/** A server action: the id that a request names it by, and one of the pages that it's called from. */
export type BuiltAction = { id: string; name: string; page: string };

export function builtActions(): BuiltAction[] {
  return Object.entries(read<Manifest>("server-reference-manifest.json").node).map(([id, action]) => ({
    id,
    name: `${action.filename.replace(/^.*?\b(app|lib)\//, "$1/")} ${action.exportedName}`,
    page: pathOf(Object.keys(action.workers).find((worker) => worker.startsWith("app/d/")) ?? "app/page"),
  }));
}

/** The paths of pages and routes inside a district, with their parameters in brackets. */
export function builtPaths(): { pages: string[]; routes: string[] } {
  const all = Object.keys(read<Record<string, string>>("app-paths-manifest.json")).filter((path) =>
    path.includes("[district]"),
  );
  return {
    pages: all.filter((path) => path.endsWith("/page")).map((path) => pathOf(`app${path}`)),
    routes: all.filter((path) => path.endsWith("/route")).map((path) => pathOf(`app${path}`)),
  };
}

const pathOf = (worker: string) =>
  worker
    .replace(/^app/, "")
    .replace(/\/(page|route)$/, "")
    .replaceAll(/\/\([^)]*\)/g, "") || "/";
