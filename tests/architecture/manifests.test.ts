import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "@/lib/run/root";
import { figure } from "../support/figures";
import { actionsAreGuarded, pagesAreGuarded, routesAreGuarded } from "./guards";
import { parseSource, projectSources, type Source } from "./sources";

type Actions = Record<
  "node" | "edge",
  Record<string, { filename?: string; exportedName?: string; workers: Record<string, unknown> }>
>;
type Built = { actions: Actions; paths: Record<string, string>; pages: Record<string, string> };

/** What Next makes by itself, and pictures. */
const nextsOwn = /^\/(_not-found\/page|_global-error\/page|(icon|favicon|apple-icon)[^/]*\/route)$/;
const oldRouter = ["/404", "/500", "/_app", "/_document", "/_error"];

/** What the build serves that no rule of the sources has looked at. */
function unseen({ actions, paths, pages }: Built, sources: readonly Source[]): string[] {
  const find = (path: string) => sources.find((source) => source.path === path || path.endsWith(`/${source.path}`));
  const entries = [...Object.entries(actions.node), ...Object.entries(actions.edge)];
  return [
    ...entries.flatMap(([id, { filename = "?", exportedName = "?" }]) => {
      const source = find(filename);
      if (!source) return [`action ${exportedName} (${id.slice(0, 8)}) of ${filename}: not in the sources`];
      const known =
        /["']use server["']/.test(source.code) &&
        new RegExp(`^export (const|async function) ${exportedName.replaceAll("$", "\\$")}\\b`, "m").test(source.code);
      return known ? actionsAreGuarded([source]) : [`action ${exportedName} of ${filename}: not one that's exported`];
    }),
    ...Object.keys(paths)
      .filter((path) => !nextsOwn.test(path))
      .flatMap((path) => {
        const source = ["tsx", "ts"]
          .map((extension) => find(`app${path}.${extension}`))
          .find((one) => one !== undefined);
        return source ? [...pagesAreGuarded([source]), ...routesAreGuarded([source])] : [`${path}: not in the sources`];
      }),
    ...Object.keys(pages)
      .filter((path) => !oldRouter.includes(path))
      .map((path) => `${path}: of the old router`),
  ];
}

const server = join(projectRoot, ".next", "server");
const read = <T>(name: string) => JSON.parse(readFileSync(join(server, name), "utf8")) as T;
const sources = projectSources();
const builtAt = existsSync(join(server, "server-reference-manifest.json"))
  ? statSync(join(server, "server-reference-manifest.json")).mtimeMs
  : 0;
const isFresh =
  builtAt >
  Math.max(
    ...sources
      .filter((source) => source.path.startsWith("app/"))
      .map((source) => statSync(join(projectRoot, source.path)).mtimeMs),
  );

// Without a build of these sources there is no manifest to read; the rules of house.test.ts hold the sources themselves.
test.runIf(isFresh)("every action, page and route of the build is one that the rules have looked at", () => {
  const built: Built = {
    actions: read("server-reference-manifest.json"),
    paths: read("app-paths-manifest.json"),
    pages: read("pages-manifest.json"),
  };
  expect(Object.keys(built.paths).filter((path) => path.startsWith("/d/[district]/")).length).toBeGreaterThan(10);
  expect(Object.keys(built.actions.node).length).toBeGreaterThan(10);
  expect(unseen(built, sources)).toEqual([]);
});

describe("a planted breach shows", () => {
  const file = parseSource(
    "app/d/[district]/x/actions.ts",
    '"use server";\nimport { districtAction } from "@/lib/web/action";\nexport const xAction = districtAction({ needs, schema }, async () => undefined);\n',
  );
  const page = parseSource(
    "app/d/[district]/x/page.tsx",
    'import { districtPage } from "@/lib/web/page";\nexport default districtPage({ needs: "member", tab: null }, async () => null);\n',
  );
  const action = (filename: string, exportedName: string): Built["actions"] => ({
    node: { "7f0c2d0f29404300": { filename, exportedName, workers: {} } },
    edge: {},
  });
  const good: Built = {
    actions: action(file.path, "xAction"),
    paths: { "/d/[district]/x/page": "", "/_not-found/page": "" },
    pages: { "/404": "" },
  };

  test.each<[string, Built, Source[]]>([
    ["an action inside of a component", { ...good, actions: action(page.path, "$$RSC_SERVER_ACTION_0") }, [file, page]],
    ["an action of a package", { ...good, actions: action("node_modules/x/actions.js", "save") }, [file, page]],
    ["an action that isn't exported by its name", { ...good, actions: action(file.path, "yAction") }, [file, page]],
    ["an action for the edge", { ...good, actions: { node: {}, edge: action("lib/x.ts", "save").node } }, [file, page]],
    [
      "a page without its guard",
      good,
      [file, parseSource(page.path, "export default async function Page() { return null; }\n")],
    ],
    ["a page from elsewhere", { ...good, paths: { "/d/[district]/y/page": "" } }, [file, page]],
    ["a page of the old router", { ...good, pages: { "/api/x": "" } }, [file, page]],
  ])("%s", (_, built, house) => {
    expect(unseen(good, [file, page])).toEqual([]);
    const found = unseen(built, house);
    figure(3, { caught: { found: found.length === 1 ? 1 : 0, of: 1 } }, { "in the build": 1 });
    expect(found).toHaveLength(1);
  });
});
