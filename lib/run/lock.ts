import { randomUUID } from "node:crypto";
import { link, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import type { Settings } from "@/lib/env";
import { StartProblem } from "./problem";
import { readJson, writeJson } from "./secrets";

const schema = z.object({
  pid: z.number(),
  port: z.number(),
  token: z.string(),
  what: z.string(),
  settings: z.record(z.string(), z.string()).optional(),
});

/** Who has a data folder in use, and the settings its services answer under. */
export type Running = z.infer<typeof schema>;

/**
 * Takes a data folder for this process. Whoever holds it answers on a port, so that the note of a killed process, or
 * of a process number used again, is never mistaken for somebody.
 * Throws StartProblem when another process has it.
 */
export async function takeDataDir(
  dataDir: string,
  what: string,
): Promise<{ publish(settings: Settings): Promise<void>; release(): Promise<void> }> {
  const file = join(dataDir, "running.json");
  const token = randomUUID();
  const server = createServer((socket) => socket.on("error", () => undefined).end(token));
  await new Promise<void>((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", done));
  server.unref();
  const running: Running = { pid: process.pid, port: (server.address() as AddressInfo).port, token, what };

  const draft = `${file}.${process.pid}`;
  await writeJson(draft, running);
  for (let first = true; ; first = false) {
    try {
      // A link, because it is made whole or not at all: nobody reads a note that is half written.
      await link(draft, file);
      await rm(draft);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const other = await whoRuns(dataDir);
      if (other || !first) {
        server.close();
        await rm(draft, { force: true });
        throw new StartProblem(
          `${other?.what ?? "Another start"}${other ? ` (process ${other.pid})` : ""} is using ${dataDir}. Stop it first, or set DATA_DIR (and PORT) to run a second one.`,
        );
      }
      await rm(file, { force: true });
    }
  }
  return {
    publish: (settings) => writeJson(file, { ...running, settings }),
    release: async () => {
      await rm(file, { force: true });
      server.close();
    },
  };
}

/** Who has this data folder in use right now; `null` when nobody. */
export async function whoRuns(dataDir: string): Promise<Running | null> {
  const note = schema.safeParse(await readJson(join(dataDir, "running.json")));
  if (!note.success) return null;
  const answer = await new Promise<string>((done) => {
    let text = "";
    const socket = connect(note.data.port, "127.0.0.1");
    socket.setTimeout(2000, () => socket.destroy());
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => done(text));
  });
  return answer === note.data.token ? note.data : null;
}
