import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** The test string of EICAR, in two pieces: this file is no virus. */
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

/**
 * Speaks clamd's protocol (clamd(8): PING, INSTREAM with z): finds the test string of EICAR, refuses more than `limit` bytes. `answer`
 * overrides what it says of a stream.
 */
export async function startClamd(options: { limit?: number; answer?: string } = {}) {
  const scanned: number[] = [];
  let server = createServer();
  let port = 0;

  /** It takes connections from here on, the second time at the same address. */
  async function start(): Promise<void> {
    server = createServer((socket) => void converse(socket).catch(() => socket.destroy()));
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  }

  async function converse(socket: Socket) {
    let held = Buffer.alloc(0);
    const pieces: Buffer[] = [];
    let size = 0;
    let begun = false;
    for await (const bytes of socket) {
      held = Buffer.concat([held, bytes as Buffer]);
      if (!begun) {
        const end = held.indexOf(0);
        if (end === -1) continue;
        const command = held.toString("latin1", 0, end);
        if (command === "zPING") return socket.end("PONG\0");
        if (command !== "zINSTREAM") return socket.end("UNKNOWN COMMAND\0");
        held = held.subarray(end + 1);
        begun = true;
      }
      while (held.length >= 4) {
        const length = held.readUInt32BE();
        if (length === 0) {
          scanned.push(size);
          const found = Buffer.concat(pieces).includes(eicar);
          return socket.end(`${options.answer ?? (found ? "stream: Eicar-Test-Signature FOUND" : "stream: OK")}\0`);
        }
        if (held.length < 4 + length) break;
        pieces.push(held.subarray(4, 4 + length));
        size += length;
        held = held.subarray(4 + length);
        if (size > (options.limit ?? 100e6)) return socket.end("INSTREAM size limit exceeded. ERROR\0");
      }
    }
    return undefined;
  }

  await start();
  return {
    url: `tcp://127.0.0.1:${port}`,
    /** The sizes of what was scanned. */
    scanned,
    start,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  };
}
