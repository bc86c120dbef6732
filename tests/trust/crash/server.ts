import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { projectRoot } from "@/lib/run/root";
import type { Order } from "./acts";

/** A process with the program loaded and the database open, as a server is when a request comes. */
export type Server = {
  /** Begins; resolves to "done", or to what went wrong, or to null when it died over it. */
  run(order: Order): Promise<string | null>;
  /** SIGKILL: nothing is said good-bye to. Resolves when it's dead. */
  kill(): Promise<void>;
};

/** `largestFile`: how large, in KB, a file may get that it writes; what is larger fails as on a full disk. */
export async function startServer(own: { largestFile?: number } = {}): Promise<Server> {
  const command = [process.execPath, "--import", "tsx", "tests/trust/crash/server-process.ts"];
  // POSIX counts in blocks of 512 bytes.
  const [program = "", ...args] =
    own.largestFile === undefined
      ? command
      : ["/bin/sh", "-c", `ulimit -f ${own.largestFile * 2} && exec "$0" "$@"`, ...command];
  const child: ChildProcess = spawn(program, args, { cwd: projectRoot, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const dead = once(child, "exit");
  const [first] = await Promise.race([once(child, "message"), dead]);
  if (first !== "ready") throw new Error(`the server didn't start: ${first}`);
  return {
    run: async (order) => {
      const answer = Promise.race([once(child, "message").then(([said]) => String(said)), dead.then((): null => null)]);
      child.send(order);
      return answer;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await dead;
    },
  };
}

/** Servers one after another; the next starts while the last one's traces are looked at. */
export function makeServers(): { next(): Promise<Server>; giveBack(server: Server): void; end(): Promise<void> } {
  const idle: Server[] = [];
  let coming: Promise<Server> | undefined;
  return {
    next: async () => {
      const given = idle.pop();
      if (given) return given;
      const server = await (coming ?? startServer());
      coming = startServer();
      coming.catch(() => undefined);
      return server;
    },
    giveBack: (server) => idle.push(server),
    end: async () => {
      for (const server of [...idle, await coming]) await server?.kill();
    },
  };
}

/**
 * Moments to kill at, somewhere in what the thing usually takes and a little beyond: `learn` tells what it took when nobody was killed.
 */
export class Moments {
  private longest = 50;
  constructor(private readonly random: () => number) {}

  learn(milliseconds: number): void {
    this.longest = Math.max(this.longest, milliseconds);
  }

  /** Waits for the next moment, or until `ended`. */
  async wait(ended: Promise<unknown>): Promise<void> {
    await Promise.race([setTimeout(this.random() * this.longest * 1.1), ended]);
  }
}

/** Chance that comes out the same for the same seed (mulberry32): numbers from 0 up to 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
