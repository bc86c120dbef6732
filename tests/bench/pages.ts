import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { encode } from "next-auth/jwt";
import { plainCaseFilter } from "@/lib/cases/case-filter";
import { getCasesPage } from "@/lib/cases/get-cases-page";
import { systemSignIn } from "@/lib/db/system";
import { withDistrict } from "@/lib/db/tenant";
import { childEnv, env, type Settings } from "@/lib/env";
import type { Actor } from "@/lib/policy";
import { freePort } from "@/lib/run/postgres";
import { projectRoot } from "@/lib/run/root";
import { heapFlags } from "@/lib/run/supervise";
import { startSession } from "@/lib/users/session";
import { words } from "./generate";
import { report } from "./report";
import type { RunningApp } from "./upload";

/** The list's own components over constant rows, without sign-in and database; and a page with nothing on it. */
const floorPage = `
import { CasesView } from "@/components/cases/cases-view";
import { Frame } from "@/components/frame/frame";
import { SessionEnd } from "@/components/frame/session-end";
import { caseLinks } from "@/app/d/[district]/cases/case-links";
import { plainCaseFilter } from "@/lib/cases/case-filter";
import { nothingAction } from "./action";
import page from "./page.json";
const shown = JSON.parse(JSON.stringify(page), (key, value) => (key === "updatedAt" ? new Date(value) : value));
export default async function Page({ searchParams }) {
  await searchParams;
  return (<>
    <Frame tabs={[{ key: "cases", label: "Cases", href: "/d/d-1/cases" }, { key: "admin", label: "Admin", href: "/d/d-1/admin", count: 0 }]} current="cases"
      district={{ name: "District 1", href: "/d/d-1/cases" }} otherDistricts={[]} user={{ name: "Renata Kowalczyk", initials: "RK" }} account={[{ label: "Your account", href: "/d/d-1/account" }]}
      signOut={nothingAction} helpHref="/help" side={undefined}>
      <CasesView page={shown} filter={plainCaseFilter} links={caseLinks("/d/d-1", plainCaseFilter, 1)} zone="America/Chicago" now={new Date()} mostCases={500} chooseAction={nothingAction} />
    </Frame>
    <SessionEnd idleEndsAt={Date.now() + 1800000} absoluteEndsAt={Date.now() + 43200000} url="/api/session" signInHref="/sign-in" />
  </>);
}`;

/** Builds a copy of the app with the two pages of the bench beside its own. Nothing of it lands in the project. */
async function build(actor: Actor, folder: string): Promise<string> {
  const copy = join(folder, "app-copy");
  mkdirSync(copy);
  for (const name of [
    "app",
    "components",
    "lib",
    "emails",
    "public",
    "package.json",
    "tsconfig.json",
    "next.config.ts",
  ])
    cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
  execFileSync("cp", ["-al", join(projectRoot, "node_modules"), join(copy, "node_modules")], { stdio: "ignore" });
  const page = await withDistrict(actor, (tx) => getCasesPage(tx, actor, plainCaseFilter));
  mkdirSync(join(copy, "app", "bench-floor"));
  mkdirSync(join(copy, "app", "bench-empty"));
  writeFileSync(join(copy, "app", "bench-floor", "page.tsx"), floorPage);
  writeFileSync(join(copy, "app", "bench-floor", "page.json"), JSON.stringify(page));
  writeFileSync(
    join(copy, "app", "bench-floor", "action.ts"),
    `"use server"; export async function nothingAction(state) { return state; }`,
  );
  writeFileSync(join(copy, "app", "bench-empty", "page.tsx"), "export default function Page() { return null; }");
  execFileSync(process.execPath, [join(copy, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: copy,
    env: childEnv({ NODE_ENV: "production" }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  return copy;
}

/** Starts the copy with its heap capped as `npm start` does, and waits until it answers. */
async function serve(copy: string, settings: Settings): Promise<{ base: string; server: ChildProcess }> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const next = join(copy, "node_modules", "next", "dist", "bin", "next");
  const server = spawn(process.execPath, [...heapFlags, next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: copy,
    env: childEnv({
      ...settings,
      NODE_ENV: "production",
      PORT: String(port),
      APP_URL: base,
      REQUESTS_PER_MINUTE: "10000000",
    }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    await answering(`${base}/api/health/live`);
  } catch (error) {
    server.kill();
    throw error;
  }
  return { base, server };
}

/** The list as a whole page: throughput, weight, memory. */
export async function benchPages(
  actor: Actor,
  slug: string,
  folder: string,
  settings: Settings,
  /** What else is measured at the running app. */
  more: (app: RunningApp) => Promise<void>,
): Promise<void> {
  const copy = await build(actor, folder);
  const { base, server } = await serve(copy, settings);
  try {
    const cookie = await signedIn(actor);
    const list = `${base}/d/${slug}/cases`;
    weigh(await fetchText(list, cookie), await fetchText(`${base}/bench-empty`, cookie), copy);

    const rates: Record<"list" | "floor", number[]> = { list: [], floor: [] };
    const searches = [words.rare, words.common, words.none, words.two].map((q) => `${list}?q=${encodeURIComponent(q)}`);
    await load([list], cookie, 200);
    await load([`${base}/bench-floor`], cookie, 200);
    await load(searches, cookie, 200);
    const searching: number[] = [];
    for (let round = 0; round < 3; round++) {
      rates.floor.push(await load([`${base}/bench-floor`], cookie, 400));
      rates.list.push(await load([list], cookie, 400));
      searching.push(await load(searches, cookie, 400));
    }
    const middle = (values: number[]) => values.toSorted((a, b) => a - b)[1] as number;
    report({
      work: "List as a page, 16 at once",
      figure: middle(rates.list),
      floor: middle(rates.floor),
      unit: "requests/s",
      least: 0.6,
    });
    report({
      work: "List as a page, the four searches in turn",
      figure: middle(searching),
      floor: middle(rates.floor),
      unit: "requests/s",
      least: 0.6,
    });
    await more({ base, cookie, slug, resident: () => resident(server) });
    await restartedMemory(copy, settings, list, cookie);
  } finally {
    server.kill();
  }
}

async function restartedMemory(copy: string, settings: Settings, list: string, cookie: string): Promise<void> {
  const { base, server } = await serve(copy, settings);
  try {
    const url = list.replace(/^http:\/\/[^/]+/, base);
    await load([url], cookie, 1_000);
    const early = resident(server);
    await load([url], cookie, 9_000);
    report({
      work: "Resident memory after 10,000 requests",
      figure: resident(server),
      floor: early,
      unit: "MB",
      most: 1.3,
    });
  } finally {
    server.kill();
  }
}

/** Megabytes of the server and what it started. */
function resident(server: ChildProcess): number {
  const all = execFileSync("ps", ["-eo", "pid=,ppid=,rss="])
    .toString()
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const family = new Set([server.pid]);
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const [pid, parent] of all) if (family.has(parent)) family.add(pid);
    grown = family.size > before;
  }
  return all.filter(([pid]) => family.has(pid)).reduce((sum, [, , kilobytes]) => sum + kilobytes, 0) / 1024;
}

async function signedIn(actor: Actor): Promise<string> {
  const token = await systemSignIn((tx) =>
    startSession(tx, { userId: actor.userId as string, ip: null, agent: "bench" }),
  );
  return `baton-session=${await encode({ token: { baton: token }, secret: env().NEXTAUTH_SECRET, maxAge: 43_200 })}`;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function fetchText(url: string, cookie: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        response.statusCode === 200
          ? resolve(Buffer.concat(chunks).toString())
          : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
      response.on("error", reject);
    }).on("error", reject);
  });
}

/** Requests a second of `count` requests, 16 at once. */
async function load(urls: string[], cookie: string, count: number): Promise<number> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < count) await fetchText(urls[next++ % urls.length] as string, cookie);
    }),
  );
  return (count * 1000) / (performance.now() - start);
}

/**
 * Asks until it's answered, every tenth of a second, for ten seconds: a server that starts gives no other sign, and what is measured
 * begins afterwards.
 */
async function answering(url: string): Promise<void> {
  for (let asked = 1; ; asked++) {
    const refused = await fetchText(url, "").then(
      () => null,
      (error: unknown) => error,
    );
    if (refused === null) return;
    if (asked === 100) throw refused;
    await delay(100);
  }
}

/** Compressed kilobytes of the page and of the script that it loads more than an empty one. */
function weigh(html: string, empty: string, copy: string): void {
  const rows = html.split('name="case"').length - 1;
  report({
    work: `HTML of the list, ${rows} rows, compressed`,
    figure: gzipSync(html).length / 1000,
    floor: 40,
    unit: "kB",
    most: 1,
  });
  const scripts = (text: string) =>
    new Set([...text.matchAll(/\/_next\/(static\/[^"'\\ ]+?\.js)/g)].map((match) => match[1] as string));
  const base = scripts(empty);
  const more = [...scripts(html)]
    .filter((file) => !base.has(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(copy, ".next", file))).length, 0);
  report({
    work: "Script of the list beyond an empty page, compressed",
    figure: more / 1000,
    floor: 40,
    unit: "kB",
    most: 1,
  });
}
