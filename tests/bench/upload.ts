import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { withDistrict } from "@/lib/db/tenant";
import type { Actor } from "@/lib/policy";
import { report } from "./report";

/** The app as it runs: its address, the cookie of somebody who is signed in, and how much memory it holds, in megabytes. */
export type RunningApp = { base: string; cookie: string; slug: string; resident: () => number };

const megabytes = 50;
const rounds = 5;

/** Takes a body and writes it to the disk, synced; what any upload costs at least on this machine. */
const bareServer = `
import { createServer } from "node:http";
import { open } from "node:fs/promises";
createServer(async (request, response) => {
  const file = await open(process.argv[1], "w");
  for await (const chunk of request) await file.write(chunk);
  await file.sync();
  await file.close();
  response.statusCode = 201;
  response.end();
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

const head = Buffer.from("%PDF-1.7\n");
const tail = Buffer.from("\n%%EOF\n");

/** Sends a file that begins as a PDF does; gives the milliseconds until the answer. */
async function send(url: string, bytes: number, headers: Record<string, string>): Promise<number> {
  const block = randomBytes(64 * 1024);
  const start = performance.now();
  const sending = request(url, { method: "POST", headers: { ...headers, "content-length": String(bytes) } });
  const answered = once(sending, "response");
  // A refusal is told by the answer.
  sending.on("error", () => undefined);
  sending.write(head);
  for (let left = bytes - head.length - tail.length; left > 0; left -= block.length)
    if (!sending.write(block.subarray(0, Math.min(left, block.length)))) await once(sending, "drain");
  sending.end(tail);
  const [response] = (await answered) as [import("node:http").IncomingMessage];
  const answer = Buffer.concat(await response.toArray()).toString();
  if (response.statusCode !== 201) throw new Error(`${url} answered ${response.statusCode}: ${answer}`);
  return performance.now() - start;
}

/** Uploading a document through the app's own route: checked, encrypted, hashed, with its rows and its audit entry. */
export async function benchUpload(app: RunningApp, actor: Actor, folder: string): Promise<void> {
  const student = await withDistrict(actor, (tx) =>
    tx.student.findFirstOrThrow({ where: { districtId: actor.districtId }, select: { id: true } }),
  );
  const url = `${app.base}/api/districts/${app.slug}/students/${student.id}/documents`;
  const headers = {
    cookie: app.cookie,
    origin: app.base,
    "content-type": "application/octet-stream",
    "x-file-name": "bench.pdf",
    "x-document": encodeURIComponent(JSON.stringify({ type: "other" })),
  };
  const bare = spawn(process.execPath, ["--input-type=module", "-e", bareServer, join(folder, "bare-upload")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = (await once(bare.stdout, "data")) as [Buffer];
    const floorUrl = `http://127.0.0.1:${port.toString().trim()}/`;
    const bytes = megabytes * 1000 * 1000;
    for (const small of [1, 2, 3]) await send(url, small * 1_000_000, headers);
    await send(floorUrl, bytes, {});
    await send(url, bytes, headers);
    const before = app.resident();
    const taken: Record<"app" | "floor", number[]> = { app: [], floor: [] };
    for (let round = 0; round < rounds; round++) {
      taken.floor.push(await send(floorUrl, bytes, {}));
      taken.app.push(await send(url, bytes, headers));
    }
    const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] as number;
    report({
      work: `Upload of ${megabytes} MB`,
      figure: middle(taken.app),
      floor: middle(taken.floor),
      unit: "ms",
      most: 4,
    });
    report({
      work: `Resident memory after ${rounds} uploads of ${megabytes} MB more`,
      figure: app.resident(),
      floor: before,
      unit: "MB",
      most: 1.3,
    });
  } finally {
    bare.kill();
  }
}
