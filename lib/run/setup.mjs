// Installs, generates, builds; each only when something changed since. Plain JavaScript without packages, because it
// runs under the machine's own Node (20 or newer) before there is a node_modules folder.
//   node lib/run/setup.mjs [install] [generate] [build]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const modules = join(root, "node_modules");
/** The Node that comes with the project. */
export const projectNode = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");

const steps = { install, generate, build };
/** The child process of the moment, so that whoever is asked to stop can pass it on. */
let running;
let interrupted = false;

/**
 * Runs steps in their order, waiting while another process prepares the same project.
 * Throws an Error with a sentence for the person at the terminal.
 */
export async function prepare(names) {
  const lock = join(root, ".setup-lock");
  for (let waited = false; !take(lock); waited = true) {
    if (!waited) console.log("Waiting: another Baton is preparing this folder.");
    await delay(200);
  }
  // Whoever was killed doesn't touch its lock any more, and the next one takes it.
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 1000);
  try {
    for (const name of names) await steps[name]();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

/** Passes a signal on to the step that is running. */
export function interrupt(signal) {
  interrupted = true;
  running?.kill(signal);
}

function take(lock) {
  try {
    writeFileSync(lock, "", { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const held = statSync(lock, { throwIfNoEntry: false });
    if (held && Date.now() - held.mtimeMs > 10_000) rmSync(lock, { force: true });
    return false;
  }
}

async function install() {
  if (installed()) return;
  console.log("Installing what the project needs; the first time takes a minute.");
  const windows = process.platform === "win32";
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  await run(
    windows ? "npm.cmd" : "npm",
    args,
    { shell: windows },
    "npm couldn't install the packages; its messages stand above.",
  );
}

/** npm notes in node_modules what it installed; only packages for other machines may be missing there. */
function installed() {
  const done = join(modules, ".package-lock.json");
  if (!existsSync(done) || !existsSync(projectNode)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const found = JSON.parse(readFileSync(done, "utf8")).packages;
  const missing = Object.keys(wanted).filter((path) => path && !found[path] && !wanted[path].optional);
  const strange = Object.keys(found).filter((path) => found[path].integrity !== wanted[path]?.integrity);
  return missing.length === 0 && strange.length === 0;
}

async function generate() {
  const stamp = join(root, "lib", "db", "generated", ".stamp");
  const state = hash([join(root, "prisma", "schema.prisma"), join(modules, "prisma", "package.json")]);
  if (isStamped(stamp, state)) return;
  console.log("Generating the database client.");
  // With any program named here, Prisma doesn't download its schema engine, which generating doesn't use.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const args = [join(modules, "prisma", "build", "index.js"), "generate", "--no-hints"];
  await run(
    projectNode,
    args,
    { env, quiet: true },
    "Prisma couldn't generate the database client; its messages stand above.",
  );
  writeFileSync(stamp, state);
}

async function build() {
  const stamp = join(root, ".next", "sources.stamp");
  const state = hash(sources());
  if (isStamped(stamp, state)) return;
  console.log("Building the app.");
  rmSync(stamp, { force: true });
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const args = [join(modules, "next", "dist", "bin", "next"), "build"];
  await run(projectNode, args, { env, quiet: true }, "The app couldn't be built; the messages stand above.");
  writeFileSync(stamp, state);
}

/** What the build is made from: the rooms that end up in it, and the configuration beside them. */
function sources() {
  const rooms = ["app", "components", "lib", "emails", "public"].flatMap((room) => filesBelow(join(root, room)));
  const beside = readdirSync(root)
    .filter((name) => /\.(ts|mts|js|mjs|json|css)$/.test(name) && name !== "next-env.d.ts")
    .map((name) => join(root, name));
  return [...rooms, ...beside]
    .filter((path) => !path.startsWith(join(root, "lib", "run")))
    .sort((a, b) => (a < b ? -1 : 1));
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.name === ".stamp" ? [] : [path];
  });
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return sum.digest("hex");
}

function isStamped(stamp, state) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === state;
}

/** Runs a program to its end; a quiet one is heard only when it fails. */
function run(program, args, { quiet = false, ...options }, failure) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      ...options,
    });
    running = child;
    const heard = [];
    child.stdout?.on("data", (chunk) => heard.push(chunk));
    child.stderr?.on("data", (chunk) => heard.push(chunk));
    child.once("error", (error) => failed(new Error(`${failure} (${error.message})`)));
    child.once("close", (code) => {
      running = undefined;
      if (code === 0) return done();
      if (!interrupted) process.stderr.write(Buffer.concat(heard));
      failed(new Error(failure));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => interrupt(signal));
  prepare(process.argv.slice(2))
    .catch((error) => {
      if (!interrupted) console.error(error.message);
      process.exitCode = 1;
    })
    .finally(() => process.exit());
}
