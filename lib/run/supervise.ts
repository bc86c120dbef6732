import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { childEnv, type Settings } from "@/lib/env";
import { StartProblem, say, show } from "./problem";
import { projectRoot } from "./root";

const PATIENCE_MS = 10_000;

/** What a starter may start. */
export type Services = {
  /** Aborted as soon as everything is to stop. */
  stopping: AbortSignal;
  /** Something that is running now, and how to stop it. */
  add(stop: () => Promise<void>): void;
  /** Ends everything, exit code 1, once `event` happens. */
  failOn(event: Promise<unknown>, sentence: string): void;
  /**
   * Starts a Node process that stays; everything ends when it ends. Lines that match `unsaid` aren't passed on. What it returns resolves
   * when the process says that it's ready (of those that say so), or has ended.
   */
  start(name: string, args: string[], settings: Settings, unsaid?: RegExp): Promise<void>;
  /** Runs a Node process to its end; throws StartProblem with `failure` when it ends badly. */
  run(args: string[], settings: Settings, failure: string): Promise<void>;
};

class Stopping extends Error {}

/**
 * Runs `start`, then stays until Ctrl-C, SIGTERM, or the end of one of the services; then stops them all, the last one
 * started first. What `start` threw, or that a service ended by itself, is shown at once and gives exit code 1.
 */
export async function supervise(start: (services: Services) => Promise<void>): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const passing = new Set<Child>();
  const stopping = new AbortController();
  const end = (problem?: unknown) => {
    if (stopping.signal.aborted) return;
    if (problem !== undefined) show(problem);
    stopping.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end());
  process.on("disconnect", () => end());

  const launch = (args: string[], settings: Settings, unsaid?: RegExp) => {
    if (stopping.signal.aborted) throw new Stopping();
    return startChild(args, settings, unsaid);
  };
  const services: Services = {
    stopping: stopping.signal,
    add: (stop) => undo.push(stop),
    failOn: (event, sentence) => void event.then(() => end(new StartProblem(sentence))),
    start: (name, args, settings, unsaid) => {
      const child = launch(args, settings, unsaid);
      undo.push(child.stop);
      services.failOn(child.ended, `The ${name} has ended by itself; so everything stops.`);
      return Promise.race([child.ready, child.ended.then(() => undefined)]);
    },
    run: async (args, settings, failure) => {
      const child = launch(args, settings);
      passing.add(child);
      const good = await child.ended;
      passing.delete(child);
      if (stopping.signal.aborted) throw new Stopping();
      if (!good) throw new StartProblem(failure);
    },
  };

  const started = start(services).catch(end);
  if (!stopping.signal.aborted) await once(stopping.signal, "abort");
  await Promise.all([...passing].map((child) => child.stop()));
  await started;
  for (const stop of undo.reverse()) await stop();
}

/** What a process that says when it's ready sends to whoever started it. */
export const readyMessage = "ready";

type Child = { ready: Promise<void>; ended: Promise<boolean>; stop(): Promise<void> };

function startChild(args: string[], settings: Settings, unsaid?: RegExp): Child {
  const child = spawn(process.execPath, ["--import", new URL("./leash.mjs", import.meta.url).href, ...args], {
    cwd: projectRoot,
    env: childEnv(settings),
    // A group of its own, so that Ctrl-C reaches the starter alone, which stops the others in their order.
    detached: process.platform !== "win32",
    stdio: ["ignore", unsaid ? "pipe" : "inherit", "inherit", "ipc"],
  });
  if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => unsaid?.test(line) || say(line));
  const ready = new Promise<void>((done) => {
    child.on("message", (message) => message === readyMessage && done());
  });
  const ended = new Promise<boolean>((done) => {
    child.once("exit", (code) => done(code === 0));
    child.once("error", () => done(false));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    await ended;
    clearTimeout(killer);
  };
  return { ready, ended, stop };
}

/**
 * The heap is capped: without a cap it grows for as long as there is room. It begins large: a small one is collected whole for every few
 * megabytes of a file that pass through, which was more than half of the time that a large package took.
 */
export const heapFlags = ["--max-old-space-size=256", "--max-semi-space-size=4", "--initial-old-space-size=96"];

/** The arguments of Node for Next's command line. */
export function nextCommand(command: "start" | "dev", host: string, port: number): string[] {
  const next = join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const cap = command === "start" ? heapFlags : [];
  const preload = ["--import", new URL("./socket-address.mjs", import.meta.url).href];
  return [...preload, ...cap, next, command, "-H", host, "-p", String(port)];
}

/**
 * With the cap the worker takes a roster of 200,000 students below 300 MB, without one above 400. The bytes of files count towards it:
 * otherwise V8 collects all of the heap for every 32 MB of them.
 */
export const workerFlags = [...heapFlags, "--external-memory-accounted-in-global-limit"];

/** The arguments of Node for one of the project's own programs in lib/run. */
export function ownCommand(name: string): string[] {
  const cap = name === "worker.ts" ? workerFlags : [];
  return [...cap, "--import", "tsx", join(projectRoot, "lib", "run", name)];
}
