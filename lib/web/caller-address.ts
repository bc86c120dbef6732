import { isIP } from "node:net";

const noted = globalThis as { [note: symbol]: unknown };

/**
 * The caller's address. Behind `hops` proxies the one that the outermost of them appended to X-Forwarded-For: what stands left of it
 * the client may have written. Without a proxy the socket's, which lib/run/socket-address.mjs puts into a header over whatever the
 * client sent there; null in a process that started without it.
 */
export function addressIn(headers: Pick<Headers, "get">, hops: number): string | null {
  const socket = noted[Symbol.for("baton.socket-address")] === true ? headers.get("x-baton-socket-address") : null;
  const address = hops === 0 ? socket : headers.get("x-forwarded-for")?.split(",").at(-hops);
  const plain = address?.trim().replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  return isIP(plain) ? plain : null;
}
