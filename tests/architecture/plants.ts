import { importPlants, type Plant } from "./import-plants";

const page = "app/d/[district]/planted/page.tsx";
const action = "app/d/[district]/planted/actions.ts";
const route = "app/d/[district]/planted/route.ts";
const made = 'import { districtPage } from "@/lib/web/page";\n';

/** Breaches, one or more for each rule. */
export const plants: Plant[] = [
  {
    rule: "pagesWaitInside",
    path: page,
    text: `${made}async function PlantedHere() {\n  return null;\n}\nexport default districtPage({}, async () => <PlantedHere />);\n`,
    why: "a component that waits by itself",
  },
  ...importPlants,
  { rule: "importsOfRooms", path: "lib/planted/verb.ts", text: "export {};\n", why: "a room that isn't in the table" },
  {
    rule: "importsOfRooms",
    path: "lib/cases/planted.ts",
    text: 'import { PrismaClient } from "@/lib/db/generated/client";\n',
    why: "the generated client",
  },
  {
    rule: "importsOfRooms",
    path: "lib/cases/planted.ts",
    text: 'export const x = () => import("@/lib/web/guard");\n',
    why: "an import at run time",
  },
  {
    rule: "clientIsPrivate",
    path: "lib/jobs/planted.ts",
    text: 'import { database } from "@/lib/db/client";\n',
    why: "a worker past the doors",
  },
  {
    rule: "clientIsPrivate",
    path: "lib/run/planted.ts",
    text: 'import { closeDatabase, database } from "@/lib/db/client";\n',
    why: "a starter past the doors",
  },
  {
    rule: "doorsAreHanded",
    path: "lib/transfers/planted.ts",
    text: 'import { systemJobs } from "@/lib/db/system";\n',
    why: "a verb through the system's door",
  },
  {
    rule: "doorsAreHanded",
    path: "app/planted.ts",
    text: 'import { doorsFor } from "@/lib/db/exchange";\n',
    why: "a page that opens the exchange",
  },
  { rule: "noBarrels", path: "lib/cases/index.ts", text: "export const x = 1;\n", why: "an index" },
  {
    rule: "noBarrels",
    path: "lib/cases/planted.ts",
    text: 'export * from "@/lib/cases/create-case";\n',
    why: "passing on",
  },
  {
    rule: "exceptionsAreNeeded",
    path: "app/mailbox/guard.ts",
    text: "export {};\n",
    why: "an exception that nobody uses",
  },
  {
    rule: "pagesAreGuarded",
    path: page,
    text: "export default async function Page() { return null; }\n",
    why: "a bare page",
  },
  {
    rule: "pagesAreGuarded",
    path: page,
    text: `${made}const Page = districtPage({ needs: "member", tab: null }, async () => null);\nexport default async function Other() { return Page; }\n`,
    why: "a page beside its guard",
  },
  {
    rule: "pagesAreGuarded",
    path: page,
    text: "const districtPage = (x: unknown) => x;\nexport default districtPage(() => null);\n",
    why: "a guard of its own",
  },
  {
    rule: "pagesAreGuarded",
    path: "app/planted/page.tsx",
    text: "export default function Page() { return null; }\n",
    why: "a page in no district",
  },
  {
    rule: "demoPagesAskFirst",
    path: "app/mailbox/planted/page.tsx",
    text: "export default async function Page() { return null; }\n",
    why: "a mailbox for everybody",
  },
  {
    rule: "titlesAreStatic",
    path: page,
    text: `${made}export async function generateMetadata() { return { title: "Ana" }; }\n`,
    why: "a name in the title",
  },
  {
    rule: "layoutsDontAuthorize",
    path: "app/d/[district]/layout.tsx",
    text: 'import { getPlace } from "@/lib/web/guard";\n',
    why: "a layout as the guard",
  },
  {
    rule: "layoutsDontAuthorize",
    path: "proxy.ts",
    text: 'import { getToken } from "next-auth/jwt";\n',
    why: "a proxy as the guard",
  },
  {
    rule: "layoutsDontAuthorize",
    path: "app/d/[district]/loading.tsx",
    text: 'import { listCases } from "@/lib/cases/list-cases";\n',
    why: "a fallback that reads",
  },
  {
    rule: "routesAreGuarded",
    path: route,
    text: "export async function GET() { return new Response(); }\n",
    why: "a bare route",
  },
  {
    rule: "routesAreGuarded",
    path: "app/api/planted/route.ts",
    text: "export const POST = async () => new Response();\n",
    why: "a route in no district",
  },
  {
    rule: "routesAreGuarded",
    path: route,
    text: 'import { districtRoute } from "@/lib/web/route";\nexport const GET = districtRoute({ needs: "member" }, async () => new Response());\nexport const PUT = async () => new Response();\n',
    why: "one verb of two",
  },
  {
    rule: "actionsAreGuarded",
    path: action,
    text: '"use server";\nexport async function plantedAction() {}\n',
    why: "a bare action",
  },
  {
    rule: "actionsAreGuarded",
    path: action,
    text: '"use server";\nimport { publicAction } from "@/lib/web/action";\nexport const plantedAction = publicAction({ schema }, async () => undefined);\n',
    why: "a district's action for everybody",
  },
  {
    rule: "actionsAreGuarded",
    path: action,
    text: '"use server";\nimport { districtAction } from "@/lib/web/action";\nexport const aAction = districtAction({ needs: "member", schema }, async () => undefined);\nexport { aAction as b };\n',
    why: "passing one on",
  },
  {
    rule: "actionsAreGuarded",
    path: "components/cases/planted.tsx",
    text: 'export function Planted() {\n  async function save() {\n    "use server";\n  }\n  return save;\n}\n',
    why: "an action inside of a component",
  },
  {
    rule: "actionsAreGuarded",
    path: "lib/web/sign-out.ts",
    text: '"use server";\nexport async function signOutAction() {}\n',
    why: "made by hand, asking nothing",
  },
  {
    rule: "noOtherEntrances",
    path: "pages/api/planted.ts",
    text: "export default function handler() {}\n",
    why: "the old router",
  },
  { rule: "namedPlacesExist", path: "app/api/session/route.ts", text: null, why: "a named place that's gone" },
  {
    rule: "settingsInOnePlace",
    path: "lib/cases/planted.ts",
    text: "export const x = process.env.DATABASE_URL;\n",
    why: "reads a setting",
  },
  {
    rule: "nothingIsCached",
    path: "lib/web/planted.ts",
    text: 'import { unstable_cache } from "next/cache";\n',
    why: "serves one's rows to another",
  },
  { rule: "nothingIsCached", path: page, text: '"use cache";\n', why: "a kept page" },
  {
    rule: "noRawHtml",
    path: "components/cases/planted.tsx",
    text: "export const X = ({ note }) => <p dangerouslySetInnerHTML={{ __html: note }} />;\n",
    why: "a note as HTML",
  },
  {
    rule: "noRawSql",
    path: "lib/cases/planted.ts",
    text: "export const x = (tx, q) => tx.$queryRawUnsafe(`select '${q}'`);\n",
    why: "SQL from text",
  },
  {
    rule: "noRawSql",
    path: "lib/cases/planted.ts",
    text: "export const x = (q) => Prisma.raw(q);\n",
    why: "SQL from text",
  },
  {
    rule: "noRawSql",
    path: "lib/db/planted.ts",
    text: "export const { sql, join, raw } = Prisma;\n",
    why: "SQL from text, handed on",
  },
  {
    rule: "settingsOfTheDoors",
    path: "lib/cases/planted.ts",
    text: "export const x = (tx, id) => tx.$queryRaw`select set_config('app.district_id', ${id}, true)`;\n",
    why: "moves to another district",
  },
  {
    rule: "oneClient",
    path: "lib/jobs/planted.ts",
    text: "export const x = new PrismaClient({});\n",
    why: "a client without a door",
  },
  {
    rule: "noConsole",
    path: "lib/transfers/planted.ts",
    text: "export const x = (student) => console.log(student);\n",
    why: "a name in the log",
  },
  {
    rule: "nothingForgotten",
    path: "lib/transfers/planted.ts",
    text: "export const x = (doors) => { void sealTransfer(doors); };\n",
    why: "fire and forget",
  },
  {
    rule: "missingSections",
    path: "tests/integration/transfers/send-cases.test.ts",
    text: null,
    why: "a verb that nobody tries",
  },
];
