import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { networkOf } from "@/lib/users/network-of";
import { addressIn } from "@/lib/web/caller-address";

const from = (forwarded: string) => new Headers({ "x-forwarded-for": forwarded });

describe("addressIn", () => {
  test.each([
    ["203.0.113.9", 1, "203.0.113.9"],
    ["6.6.6.6, 203.0.113.9", 1, "203.0.113.9"],
    ["6.6.6.6, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"],
    ["::ffff:203.0.113.9", 1, "203.0.113.9"],
    ["2001:db8::1", 1, "2001:db8::1"],
    ["203.0.113.9", 2, null],
    ["unknown", 1, null],
    ["", 1, null],
  ])("%j behind %i", (forwarded, hops, address) => {
    expect(addressIn(from(forwarded), hops)).toBe(address);
  });

  test("without a proxy no header is believed; the socket is, in a process that notes it", async () => {
    const forged = { "x-forwarded-for": "6.6.6.6", "x-baton-socket-address": "6.6.6.6" };
    expect(addressIn(new Headers(forged), 0)).toBeNull();
    await import("@/lib/run/socket-address.mjs");
    const server = createServer(({ headers }, response) => {
      response.end(String(addressIn(new Headers(headers as Record<string, string>), 0)));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const answer = await new Promise<string>((done) => {
      const { port } = server.address() as AddressInfo;
      request({ host: "127.0.0.1", port, headers: forged }, (response) =>
        response.setEncoding("utf8").once("data", done),
      ).end();
    });
    server.close();
    expect(answer).toBe("127.0.0.1");
  });
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:DB8:0:0:ffff::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["nothing of the kind", "nothing of the kind"],
])("%s counts as %s", (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
