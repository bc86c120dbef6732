import type { Rule } from "./sources";

/** A rule against a word in the program text, with the files that may use it. */
const forbids =
  (word: RegExp, allowed: RegExp, why: string): Rule =>
  (sources) =>
    sources
      .filter((source) => !allowed.test(source.path) && word.test(source.code))
      .map((source) => `${source.path}: ${why}`);

const testsOnly = /^tests\//;
const plantsOnly = /^tests\/architecture\/plants\.ts$/;

/** Settings are read in one place; the starters run before there is one. */
export const settingsInOnePlace: Rule = forbids(
  /\bprocess\s*(\.|\[\s*["'])\s*env\b/,
  /^(lib\/env\.ts|lib\/run\/(bootstrap|setup|keeper|leash)\.mjs|next\.config\.ts|tests\/.*)$/,
  "reads process.env",
);

/** What one district was shown is never kept for the next. */
export const nothingIsCached: Rule = forbids(
  /\bunstable_cache\b|["']use cache["':]|\bcache(Life|Tag)\s*\(|\bforce-static\b|\bforce-cache\b|^export const revalidate\b/m,
  testsOnly,
  "caches across requests",
);

/** Names and notes are text, whatever stands in them. */
export const noRawHtml: Rule = forbids(
  /\bdangerouslySetInnerHTML\b|\.(inner|outer)HTML\s*=|\binsertAdjacentHTML\b|\bdocument\.write\b|\beval\s*\(|\bnew Function\b/,
  testsOnly,
  "writes HTML or runs text",
);

/** SQL is a template with values beside it. */
export const noRawSql: Rule = forbids(
  /\$(queryRaw|executeRaw)Unsafe\b|\{[^}]*\braw\b[^}]*\}\s*=\s*Prisma\b|\bPrisma\.raw\b|\bimport\s*\{[^}]*\braw\b[^}]*\}\s*from\s*["']@\/lib\/db/,
  plantsOnly,
  "puts SQL together as text",
);

/** Who stands in which district is said by the doors alone. */
export const settingsOfTheDoors: Rule = forbids(
  /\bset_config\s*\(|\bset\s+(local\s+)?(role|session_replication_role|row_security)\b/i,
  /^(lib\/db\/(tenant|exchange|system)\.ts|lib\/documents\/quarantine\.ts|tests\/.*)$/,
  "sets what the fence asks",
);

/** One client per process, made in one place. */
export const oneClient: Rule = forbids(
  /\bnew\s+PrismaClient\b/,
  /^(lib\/db\/client|tests\/architecture\/plants)\.ts$/,
  "makes a database client",
);

/** A file's address is had where its scan is looked at; the scanner itself, and the worker that reads rosters, ask no scan. */
export const scannedBeforeOpened: Rule = forbids(
  /\bunwrapAddress\b/,
  /^(lib\/storage\/file-address\.ts|lib\/jobs\/scan-files\.ts|lib\/roster\/check-import\.ts|tests\/.*)$/,
  "opens a file whose scan nobody looked at",
);

/** Expected failures go by name; nothing of a record goes to the console. */
export const noConsole: Rule = forbids(
  /\bconsole\.\w+\s*\(/,
  /^(lib\/run\/.*|tests\/.*|components\/ui\/draw-icons\.ts|prisma\/.*)$/,
  "writes to the console",
);

/** A promise that nobody waits for is work that gets lost. */
export const nothingForgotten: Rule = forbids(
  /\bvoid\s+(?!0\b)[\w.]+\s*\(|\bsetImmediate\s*\(|\bafter\s*\(\s*(async\s*)?\(/,
  /^(tests|components|lib\/run)\//,
  "begins something and forgets it",
);

/**
 * What a page of a district waits for happens inside its `render`, whose failures are logged without what they quote. A component that
 * waits by itself would be run later, by React, past that: call it and wait (`{await UsersHere({ place })}`).
 */
export const pagesWaitInside: Rule = (sources) => {
  const pages = sources.filter((source) => source.path.startsWith("app/d/"));
  const waiting = sources
    .filter((source) => /^(app\/d|components)\//.test(source.path))
    .flatMap((source) => [...source.code.matchAll(/\basync function ([A-Z]\w*)|\bconst ([A-Z]\w*) = async\b/g)])
    .map(([, one, other]) => one ?? other);
  return pages.flatMap((source) =>
    waiting
      .filter((name) => new RegExp(`<${name}[\\s/>]`).test(source.code))
      .map((name) => `${source.path}: <${name}> waits outside of the page's render`),
  );
};

/** A browser test is made by the one that listens for what the Content Security Policy refused. */
export const pagesAreListenedTo: Rule = (sources) =>
  sources
    .filter((source) => /^tests\/e2e\/.*\.spec\.ts$/.test(source.path))
    .filter((source) => source.imports.some((one) => one.target === "@playwright/test" && one.names.includes("test")))
    .map((source) => `${source.path}: not made by tests/e2e/support/test`);

/** The verbs and queries of lib/transfers, each with a test file in which every kind of outcome has its section. */
export const missingSections: Rule = (sources) => {
  const sections = ["succeeds", "wrong permission", "other district", "wrong state", "bad input", "two at once"];
  /** Pieces of verbs: tried with them. */
  const pieces = [
    "apply",
    "compare-with-sent",
    "document-snapshot",
    "issue-code",
    "open-documents",
    "open-package",
    "seal",
    "sealed-items",
    "snapshot",
    "transfer-course",
  ];
  const together: Record<string, string> = {
    "count-waiting": "list-transfers",
    "get-sent": "get-dispatch",
    "list-held": "deliver-documents",
    "search-roster": "get-package",
  };
  const verbs = sources
    .filter((source) => /^export (async function|function \w+\([^)]*\): Promise)/m.test(source.code))
    .flatMap((source) => /^lib\/transfers\/([\w-]+)\.ts$/.exec(source.path)?.[1] ?? []);
  return verbs
    .filter((verb) => !pieces.includes(verb))
    .flatMap((verb) => {
      const path = `tests/integration/transfers/${together[verb] ?? verb}.test.ts`;
      const code = sources.find((source) => source.path === path)?.code;
      if (code === undefined || !code.includes(`@/lib/transfers/${verb}"`)) return [`${verb}: not tried in ${path}`];
      return sections
        .filter((section) => !code.includes(`describe("${section}"`))
        .map((section) => `${path}: no section "${section}"`);
    });
};
