import type { Rule, Source } from "./sources";

/** Pages outside of a district, and what stands in for the guard. */
const publicPages: Record<string, string> = {
  "app/page.tsx": "sends on",
  "app/(public)/": "before anybody is in a district",
  "app/mailbox/": "the demo alone",
};
/** Route handlers outside of a district. */
const publicRoutes: Record<string, string> = {
  "app/api/health/live/route.ts": "says that it runs",
  "app/api/health/ready/route.ts": "says of five parts whether they work",
  "app/api/session/route.ts": "when the caller's own session ends",
};
/** Actions made by hand, and what they have to look at. */
const handmadeActions: Record<string, string> = { "lib/web/sign-out.ts": "sameOrigin()" };

const special =
  /^app\/.*\/(page|route|layout|template|default|loading|error|not-found|forbidden|unauthorized|global-error|opengraph-image|twitter-image|icon|apple-icon|sitemap|robots|manifest)\.(tsx?|mjs|js)$/;
const nameOf = (path: string) =>
  path
    .split("/")
    .at(-1)
    ?.replace(/\.\w+$/, "") ?? "";
const inDistrict = (path: string) => path.startsWith("app/d/") || path.startsWith("app/api/districts/");
/** What a file exports at its top, each with what stands behind it. */
function exportsOf(source: Source): { name: string; value: string }[] {
  const found = [
    ...source.code.matchAll(
      /^export\s+(default\s+)?(?:(async\s+function|function|class|const|let|var|type|interface|enum)\s*\*?\s*(\w*)[^=\n(]*(?:=\s*)?)?([^\n]*)/gm,
    ),
  ];
  return found
    .filter(([, , kind]) => kind !== "type" && kind !== "interface")
    .map(([, isDefault, kind = "", name = "", value = ""]) => ({
      name: isDefault ? "default" : name,
      value: kind === "const" || kind === "" ? value.trim() : kind,
    }));
}

/** Every page below /d/[district] is made by districtPage, which guards it. */
export const pagesAreGuarded: Rule = (sources) =>
  sources
    .filter((source) => source.path.startsWith("app/") && nameOf(source.path) === "page")
    .flatMap((source) => {
      if (!inDistrict(source.path))
        return Object.keys(publicPages).some((place) => source.path.startsWith(place))
          ? []
          : [`${source.path}: a page that nobody guards`];
      const made = exportsOf(source).find((one) => one.name === "default")?.value ?? "";
      const from = source.imports.some((one) => one.target === "lib/web/page" && one.names.includes("districtPage"));
      return /^districtPage\s*[<(]/.test(made) && from ? [] : [`${source.path}: not made by districtPage`];
    });

/** The demo's pages ask for the demo first. */
export const demoPagesAskFirst: Rule = (sources) =>
  sources
    .filter((source) => source.path.startsWith("app/mailbox/") && nameOf(source.path) === "page")
    .filter((source) => !/\{\s*await demandDemo\(\);/.test(source.code))
    .map((source) => `${source.path}: doesn't ask for the demo`);

/** A page's title tells nothing of a record: no generateMetadata, anywhere. */
export const titlesAreStatic: Rule = (sources) =>
  sources
    .filter(
      (source) =>
        source.path.startsWith("app/") &&
        /\bgenerate(Metadata|StaticParams|Viewport|ImageMetadata)\b/.test(source.code),
    )
    .map((source) => `${source.path}: made from data`);

/** Counting requests and setting headers looks at nobody's data. */
const harmless = [
  "lib/web/same-site",
  "lib/web/security-policy",
  "lib/web/rate-limit",
  "lib/web/session-cookie",
  "lib/web/caller-address",
  "lib/env",
];

/** Layouts, templates, proxies and fallbacks neither authorize nor read: they don't run for every request. */
export const layoutsDontAuthorize: Rule = (sources) =>
  sources
    .filter(
      (source) =>
        (special.test(source.path) && !["page", "route"].includes(nameOf(source.path))) ||
        /^(src\/)?(proxy|middleware|instrumentation)\.(ts|js|mjs)$/.test(source.path) ||
        /^app\/(layout|error|not-found|global-error)\.tsx$/.test(source.path),
    )
    .flatMap((source) =>
      source.imports
        .filter(
          (one) =>
            !one.typeOnly && /^(lib\/|next-auth|next\/headers)/.test(one.target) && !harmless.includes(one.target),
        )
        .map((one) => `${source.path} → ${one.target}`),
    );

/** Every route handler is made by districtRoute, or is named. */
export const routesAreGuarded: Rule = (sources) =>
  sources
    .filter((source) => source.path.startsWith("app/") && nameOf(source.path) === "route")
    .flatMap((source) => {
      if (source.path in publicRoutes) return [];
      const from = source.imports.some((one) => one.target === "lib/web/route" && one.names.includes("districtRoute"));
      const verbs = exportsOf(source).filter((one) => !["dynamic", "runtime", "maxDuration"].includes(one.name));
      return verbs
        .filter((one) => !from || !/^districtRoute\s*[<(]/.test(one.value))
        .map((one) => `${source.path}: ${one.name} isn't made by districtRoute`);
    });

/** Every server action is made by districtAction or publicAction; none hides inside of a function. */
export const actionsAreGuarded: Rule = (sources) =>
  sources.flatMap((source) => {
    const directives = [...source.code.matchAll(/(^|[{;\n])\s*["']use server["']/g)];
    if (directives.length === 0) return [];
    if (directives.length > 1 || !/^\s*["']use server["']/.test(source.code))
      return [`${source.path}: an action inside of something else`];
    const check = handmadeActions[source.path];
    if (check) return source.code.includes(check) ? [] : [`${source.path}: made by hand, and doesn't ask ${check}`];
    const from = (name: string) =>
      source.imports.some((one) => one.target === "lib/web/action" && one.names.includes(name));
    return exportsOf(source)
      .filter(({ name, value }) => {
        const maker = /^(districtAction|publicAction)\s*[<(]/.exec(value)?.[1];
        return (
          !maker || !from(maker) || !name.endsWith("Action") || (maker === "publicAction" && inDistrict(source.path))
        );
      })
      .map(
        ({ name }) =>
          `${source.path}: ${name} isn't made by ${inDistrict(source.path) ? "districtAction" : "an action's maker"}`,
      );
  });

/** Nothing else of Next's serves requests: no pages folder, no api routes of the old kind. */
export const noOtherEntrances: Rule = (sources) =>
  sources.filter((source) => /^(src\/|pages\/)/.test(source.path)).map((source) => `${source.path}: another entrance`);

/** Exceptions that nobody needs any more. */
export const namedPlacesExist: Rule = (sources) =>
  [...Object.keys(publicPages), ...Object.keys(publicRoutes), ...Object.keys(handmadeActions)]
    .filter((place) => !sources.some((source) => source.path.startsWith(place)))
    .map((place) => `${place}: not there any more`);
