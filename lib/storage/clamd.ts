import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The virus scanner doesn't answer, or not as clamd does: nothing is known about the file. */
export class ScannerDown extends Error {
  override name = "ScannerDown";
}

export type Verdict = { clean: true } | { clean: false; signature: string };

const pieceBytes = 64 * 1024;
const connectMilliseconds = 5_000;
/** Without a byte either way. Nothing comes while clamd unpacks and looks, and its own limit for a file is two minutes. */
const idleMilliseconds = 150_000;
const mostAnswerBytes = 4_096;

/**
 * Has clamd scan a stream (its INSTREAM command, clamd(8)): pieces with their length before them, a length of 0 at the end, one answer.
 * `address` is `tcp://host:port` or `unix:/path`. Throws `ScannerDown`, or what `source` throws; a file that's too large for the
 * scanner's own limit (StreamMaxLength) counts as not scanned.
 */
export async function scan(address: string, source: AsyncIterable<Uint8Array>): Promise<Verdict> {
  let failed: { error: unknown } | undefined;
  async function* watched() {
    try {
      yield* source;
    } catch (error) {
      failed = { error };
      throw error;
    }
  }
  try {
    return await converse(address, "zINSTREAM\0", async (socket, answer) => {
      // An answer before the end means that it takes no more.
      let answered = false;
      const heard = () => {
        answered = true;
      };
      answer.then(heard, heard);
      for await (const bytes of watched()) {
        for (let at = 0; at < bytes.length && !answered; at += pieceBytes) {
          const piece = bytes.subarray(at, at + pieceBytes);
          socket.write(lengthOf(piece));
          if (!socket.write(piece)) await Promise.race([once(socket, "drain"), answer]);
        }
        if (answered) break;
      }
      if (!answered) socket.write(lengthOf(new Uint8Array()));
      return verdictOf(await answer);
    });
  } catch (error) {
    throw failed ? failed.error : error;
  }
}

/** Whether clamd is there. Throws `ScannerDown`. */
export async function ping(address: string): Promise<void> {
  const answer = await converse(address, "zPING\0", (_, words) => words);
  if (answer !== "PONG") throw new ScannerDown(answer);
}

/** One connection, one command. Whatever goes wrong on it is the scanner's: a lost connection comes in many forms. */
async function converse<T>(
  address: string,
  command: string,
  talk: (socket: Socket, answer: Promise<string>) => Promise<T>,
): Promise<T> {
  const socket = open(address);
  try {
    await once(socket, "connect");
    socket.setTimeout(idleMilliseconds);
    socket.write(command);
    return await talk(socket, read(socket));
  } catch (error) {
    throw error instanceof ScannerDown ? error : new ScannerDown((error as Error).message);
  } finally {
    socket.destroy();
  }
}

function open(address: string): Socket {
  const url = new URL(address);
  const socket =
    url.protocol === "unix:"
      ? connect(address.slice("unix:".length))
      : connect(Number(url.port || 3310), url.hostname.replace(/^\[(.+)\]$/, "$1"));
  // What goes wrong is met by whoever waits for the answer.
  socket.on("error", () => undefined);
  return socket.setTimeout(connectMilliseconds, () => socket.destroy(new ScannerDown("no answer in time")));
}

async function read(socket: Socket): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of socket as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostAnswerBytes) throw new ScannerDown("not clamd");
  }
  return Buffer.concat(pieces).toString("latin1").replaceAll("\0", "").trim();
}

function lengthOf(piece: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return length;
}

function verdictOf(answer: string): Verdict {
  if (answer === "stream: OK") return { clean: true };
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (signature) return { clean: false, signature };
  throw new ScannerDown(answer);
}
