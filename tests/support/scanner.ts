import { afterAll, afterEach, beforeEach } from "vitest";
import { setEnv } from "@/lib/env";
import { startClamd } from "./clamd";

/** A scanner that CLAMD_URL leads to during each test of the file, up at its beginning. `off()`: this installation has none. */
export async function ownScanner() {
  const clamd = await startClamd();
  let up = true;
  const scanner = {
    scanned: clamd.scanned,
    down: async () => {
      if (up) await clamd.stop();
      up = false;
    },
    back: async () => {
      if (!up) await clamd.start();
      up = true;
    },
    off: () => setEnv({ CLAMD_URL: "" }),
    on: () => setEnv({ CLAMD_URL: clamd.url }),
  };
  beforeEach(async () => {
    await scanner.back();
    scanner.on();
  });
  afterEach(() => scanner.off());
  afterAll(() => scanner.down());
  return scanner;
}
