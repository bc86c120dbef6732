import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { ping, ScannerDown, scan } from "@/lib/storage/clamd";
import { eicar, startClamd } from "@/tests/support/clamd";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function clamd(options: Parameters<typeof startClamd>[0] = {}) {
  const started = await startClamd(options);
  stops.push(started.stop);
  return started;
}
async function* pieces(...texts: (string | Buffer)[]) {
  for (const text of texts) yield Buffer.from(text);
}

describe("succeeds", () => {
  test("a clean stream of any size, in any pieces", async () => {
    const { url, scanned } = await clamd();
    expect(await scan(url, pieces("a", "", Buffer.alloc(3_000_001)))).toEqual({ clean: true });
    expect(await scan(url, pieces())).toEqual({ clean: true });
    expect(scanned).toEqual([3_000_002, 0]);
  });

  test("what is found has its signature's name, also across two pieces", async () => {
    const { url } = await clamd();
    expect(await scan(url, pieces("x", eicar.slice(0, 20), eicar.slice(20), "y"))).toEqual({
      clean: false,
      signature: "Eicar-Test-Signature",
    });
  });
});

describe("bad input", () => {
  test("a ping is answered, or it's down", async () => {
    const { url, stop, start } = await clamd();
    await ping(url);
    await stop();
    await expect(ping(url)).rejects.toThrow(ScannerDown);
    await start();
    await ping(url);
  });

  test("nobody there, or somebody who hangs up: not known, never clean", async () => {
    await expect(scan("tcp://127.0.0.1:1", pieces("x"))).rejects.toThrow(ScannerDown);
    await expect(scan("unix:/nowhere/clamd.sock", pieces("x"))).rejects.toThrow(ScannerDown);
    const rude = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(rude, "listening");
    stops.push(() => new Promise((done) => rude.close(() => done())));
    const { port } = rude.address() as { port: number };
    await expect(scan(`tcp://127.0.0.1:${port}`, pieces(Buffer.alloc(5_000_000)))).rejects.toThrow(ScannerDown);
  });

  test.each(["", "stream: OKAY", "INSTREAM size limit exceeded. ERROR", "PONG"])(
    "an answer of %j is none",
    async (answer) => {
      const { url } = await clamd({ answer });
      await expect(scan(url, pieces("x"))).rejects.toThrow(ScannerDown);
    },
  );

  test("larger than the scanner takes: not known", async () => {
    const { url } = await clamd({ limit: 1_000_000 });
    await expect(scan(url, pieces(Buffer.alloc(2_000_000)))).rejects.toThrow(ScannerDown);
  });

  test("a source that fails fails with its own error", async () => {
    const { url } = await clamd();
    async function* broken() {
      yield Buffer.from("x");
      throw new RangeError("the disk");
    }
    await expect(scan(url, broken())).rejects.toThrow(RangeError);
  });
});
