/**
 * Breaches, one or more for each rule: files that nobody should be able to add. The linter gets those of `linted` as well.
 * `text` null: nothing is added, `without` is taken away.
 */
export type Plant = { rule: string; path: string; text: string | null; why: string; without?: string };

const page = "app/d/[district]/planted/page.tsx";
const action = "app/d/[district]/planted/actions.ts";
const route = "app/d/[district]/planted/route.ts";
const made = 'import { districtPage } from "@/lib/web/page";\n';

/** Breaches of the table of imports, which the linter has to find too. */
export const importPlants: Plant[] = [
  ["app/planted.ts", 'import { withDistrict } from "@/lib/db/tenant";', "a page with a door of its own"],
  ["app/planted.ts", 'import type { DistrictTx } from "@/lib/db/types";', "a page that knows the database's types"],
  ["app/planted.ts", 'import { renderMail } from "@/emails/render-mail";', "a page that writes mails"],
  ["components/ui/planted.tsx", 'import type { CaseRow } from "@/lib/cases/list-cases";', "a piece of ui that knows the domain"],
  ["components/cases/planted.tsx", 'import { listCases } from "@/lib/cases/list-cases";', "a view that asks by itself"],
  ["components/cases/planted.tsx", 'import { districtAction } from "@/lib/web/action";', "a view that makes actions"],
  ["components/cases/planted.tsx", 'import { database } from "@/lib/db/client";', "a view with a database"],
  ["lib/cases/planted.ts", 'import { cookies } from "next/headers";', "a domain that knows the framework"],
  ["lib/cases/planted.ts", 'import { useState } from "react";', "a domain that knows the screen"],
  ["lib/cases/planted.ts", 'import nodemailer from "nodemailer";', "a domain that mails"],
  ["lib/cases/planted.ts", 'import { database } from "@/lib/db/client";', "a verb that makes its own transaction"],
  ["lib/cases/planted.ts", 'import { withDistrict } from "@/lib/db/tenant";', "a verb that opens a door"],
  ["lib/cases/planted.ts", 'import { sendCases } from "@/lib/transfers/send-cases";', "cases that know transfers"],
  ["lib/students/planted.ts", 'import { createCase } from "@/lib/cases/create-case";', "students that know cases"],
  ["lib/users/planted.ts", 'import { matchStudents } from "@/lib/students/match-students";', "users that know students"],
  ["lib/districts/planted.ts", 'import { signIn } from "@/lib/users/sign-in";', "districts that know users"],
  ["lib/transfers/planted.ts", 'import { sendMail } from "@/lib/mail/transport";', "a verb that mails inside a request"],
  ["lib/transfers/planted.ts", 'import { sentenceFor } from "@/lib/web/messages";', "a domain that speaks"],
  ["lib/db/planted.ts", 'import { sendCases } from "@/lib/transfers/send-cases";', "a door that knows the domain"],
  ["lib/jobs/planted.ts", 'import { redirect } from "next/navigation";', "a worker that knows the framework"],
  ["lib/jobs/planted.ts", 'import { renderToString } from "react-dom/server";', "a worker that draws"],
  ["emails/planted.ts", 'import { env } from "@/lib/env";', "a mail that reads settings"],
  ["emails/planted.ts", 'import { withDistrict } from "@/lib/db/tenant";', "a mail with a database"],
].map(([path = "", text = "", why = ""]) => ({ rule: "importsOfRooms", path, text: `${text}\n`, why }));

export const plants: Plant[] = [
  ...importPlants,
  { rule: "importsOfRooms", path: "lib/planted/verb.ts", text: "export {};\n", why: "a room that isn't in the table" },
  { rule: "importsOfRooms", path: "lib/cases/planted.ts", text: 'import { PrismaClient } from "@/lib/db/generated/client";\n', why: "the generated client" },
  { rule: "importsOfRooms", path: "lib/cases/planted.ts", text: 'export const x = () => import("@/lib/web/guard");\n', why: "an import at run time" },
  { rule: "clientIsPrivate", path: "lib/jobs/planted.ts", text: 'import { database } from "@/lib/db/client";\n', why: "a worker past the doors" },
  { rule: "clientIsPrivate", path: "lib/run/planted.ts", text: 'import { closeDatabase, database } from "@/lib/db/client";\n', why: "a starter past the doors" },
  { rule: "doorsAreHanded", path: "lib/transfers/planted.ts", text: 'import { systemJobs } from "@/lib/db/system";\n', why: "a verb through the system's door" },
  { rule: "doorsAreHanded", path: "app/planted.ts", text: 'import { doorsFor } from "@/lib/db/exchange";\n', why: "a page that opens the exchange" },
  { rule: "noBarrels", path: "lib/cases/index.ts", text: "export const x = 1;\n", why: "an index" },
  { rule: "noBarrels", path: "lib/cases/planted.ts", text: 'export * from "@/lib/cases/create-case";\n', why: "passing on" },
  { rule: "exceptionsAreNeeded", path: "app/mailbox/guard.ts", text: "export {};\n", why: "an exception that nobody uses" },
  { rule: "pagesAreGuarded", path: page, text: "export default async function Page() { return null; }\n", why: "a bare page" },
  { rule: "pagesAreGuarded", path: page, text: `${made}const Page = districtPage({ needs: "member", tab: null }, async () => null);\nexport default async function Other() { return Page; }\n`, why: "a page beside its guard" },
  { rule: "pagesAreGuarded", path: page, text: 'const districtPage = (x: unknown) => x;\nexport default districtPage(() => null);\n', why: "a guard of its own" },
  { rule: "pagesAreGuarded", path: "app/planted/page.tsx", text: "export default function Page() { return null; }\n", why: "a page in no district" },
  { rule: "demoPagesAskFirst", path: "app/mailbox/planted/page.tsx", text: "export default async function Page() { return null; }\n", why: "a mailbox for everybody" },
  { rule: "titlesAreStatic", path: page, text: `${made}export async function generateMetadata() { return { title: "Ana" }; }\n`, why: "a name in the title" },
  { rule: "layoutsDontAuthorize", path: "app/d/[district]/layout.tsx", text: 'import { getPlace } from "@/lib/web/guard";\n', why: "a layout as the guard" },
  { rule: "layoutsDontAuthorize", path: "proxy.ts", text: 'import { getToken } from "next-auth/jwt";\n', why: "a proxy as the guard" },
  { rule: "layoutsDontAuthorize", path: "app/d/[district]/loading.tsx", text: 'import { listCases } from "@/lib/cases/list-cases";\n', why: "a fallback that reads" },
  { rule: "routesAreGuarded", path: route, text: "export async function GET() { return new Response(); }\n", why: "a bare route" },
  { rule: "routesAreGuarded", path: "app/api/planted/route.ts", text: "export const POST = async () => new Response();\n", why: "a route in no district" },
  { rule: "routesAreGuarded", path: route, text: 'import { districtRoute } from "@/lib/web/route";\nexport const GET = districtRoute({ needs: "member" }, async () => new Response());\nexport const PUT = async () => new Response();\n', why: "one verb of two" },
  { rule: "actionsAreGuarded", path: action, text: '"use server";\nexport async function plantedAction() {}\n', why: "a bare action" },
  { rule: "actionsAreGuarded", path: action, text: '"use server";\nimport { publicAction } from "@/lib/web/action";\nexport const plantedAction = publicAction({ schema }, async () => undefined);\n', why: "a district's action for everybody" },
  { rule: "actionsAreGuarded", path: action, text: '"use server";\nimport { districtAction } from "@/lib/web/action";\nexport const aAction = districtAction({ needs: "member", schema }, async () => undefined);\nexport { aAction as b };\n', why: "passing one on" },
  { rule: "actionsAreGuarded", path: "components/cases/planted.tsx", text: 'export function Planted() {\n  async function save() {\n    "use server";\n  }\n  return save;\n}\n', why: "an action inside of a component" },
  { rule: "actionsAreGuarded", path: "lib/web/sign-out.ts", text: '"use server";\nexport async function signOutAction() {}\n', why: "made by hand, asking nothing" },
  { rule: "noOtherEntrances", path: "pages/api/planted.ts", text: "export default function handler() {}\n", why: "the old router" },
  { rule: "namedPlacesExist", path: "app/api/session/route.ts", text: null, why: "a named place that's gone" },
  { rule: "settingsInOnePlace", path: "lib/cases/planted.ts", text: "export const x = process.env.DATABASE_URL;\n", why: "reads a setting" },
  { rule: "nothingIsCached", path: "lib/web/planted.ts", text: 'import { unstable_cache } from "next/cache";\n', why: "serves one's rows to another" },
  { rule: "nothingIsCached", path: page, text: '"use cache";\n', why: "a kept page" },
  { rule: "noRawHtml", path: "components/cases/planted.tsx", text: "export const X = ({ note }) => <p dangerouslySetInnerHTML={{ __html: note }} />;\n", why: "a note as HTML" },
  { rule: "noRawSql", path: "lib/cases/planted.ts", text: "export const x = (tx, q) => tx.$queryRawUnsafe(`select '${q}'`);\n", why: "SQL from text" },
  { rule: "noRawSql", path: "lib/cases/planted.ts", text: "export const x = (q) => Prisma.raw(q);\n", why: "SQL from text" },
  { rule: "settingsOfTheDoors", path: "lib/cases/planted.ts", text: "export const x = (tx, id) => tx.$queryRaw`select set_config('app.district_id', ${id}, true)`;\n", why: "moves to another district" },
  { rule: "oneClient", path: "lib/jobs/planted.ts", text: "export const x = new PrismaClient({});\n", why: "a client without a door" },
  { rule: "noConsole", path: "lib/transfers/planted.ts", text: "export const x = (student) => console.log(student);\n", why: "a name in the log" },
  { rule: "nothingForgotten", path: "lib/transfers/planted.ts", text: "export const x = (doors) => { void sealTransfer(doors); };\n", why: "fire and forget" },
  { rule: "missingSections", path: "tests/integration/transfers/send-cases.test.ts", text: null, without: "tests/integration/transfers/send-cases.test.ts", why: "a verb that nobody tries" },
];
