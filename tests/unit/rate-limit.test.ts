import { describe, expect, test } from "vitest";
import { secondsToWait, tooManyRequests } from "@/lib/web/rate-limit";

const someone = (n: number) => ({ address: null, person: `person ${n}`, district: null });
const start = Date.UTC(2026, 10, 22);

describe("succeeds", () => {
  test("a person may ask so often in a minute, and again in the next", () => {
    for (let i = 0; i < 5; i++) expect(secondsToWait(someone(1), 5, start)).toBe(0);
    expect(secondsToWait(someone(1), 5, start + 1_000)).toBe(59);
    expect(secondsToWait(someone(2), 5, start + 1_000)).toBe(0);
    expect(secondsToWait(someone(1), 5, start + 60_000)).toBe(0);
  });

  test("an address may ask ten times as often, a district twenty times, whoever asks", () => {
    const at = { person: null, district: null, address: "192.0.2.7" };
    const waits = Array.from({ length: 21 }, () => secondsToWait(at, 2, start));
    expect(waits.filter((wait) => wait > 0)).toHaveLength(1);
    const inDistrict = Array.from({ length: 41 }, (_, i) =>
      secondsToWait({ person: `guest ${i}`, address: null, district: "north" }, 2, start),
    );
    expect(inDistrict.filter((wait) => wait > 0)).toHaveLength(1);
  });

  test("a network of IPv6 is one address", () => {
    const at = (n: number) => ({ person: null, district: null, address: `2001:db8:0:7::${n.toString(16)}` });
    const waits = Array.from({ length: 21 }, (_, i) => secondsToWait(at(i + 1), 2, start));
    expect(waits.filter((wait) => wait > 0)).toHaveLength(1);
  });

  test("strangers can't use up a district's requests, from however many addresses", () => {
    for (let i = 0; i < 250; i++)
      secondsToWait({ person: null, address: `198.51.100.${i}`, district: "east" }, 2, start);
    expect(secondsToWait({ person: "clerk", address: null, district: "east" }, 2, start)).toBe(0);
  });

  test("what one address asks for too often isn't counted for its district", () => {
    const at = start + 120_000;
    const flood = { person: null, address: "192.0.2.8", district: "south" };
    for (let i = 0; i < 1_000; i++) secondsToWait(flood, 2, at);
    expect(secondsToWait({ person: "clerk", address: "192.0.2.9", district: "south" }, 2, at)).toBe(0);
  });
});

describe("bad input", () => {
  test("made-up keys don't fill the memory, and don't free who has to wait", () => {
    const later = start + 600_000;
    for (let i = 0; i < 120_000; i++) secondsToWait(someone(1_000 + i), 5, later);
    expect(secondsToWait(someone(119_000), 1, later)).toBeGreaterThan(0);
  });

  test("the answer says how long", async () => {
    const answer = tooManyRequests(12);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "12"]);
    expect(await answer.text()).toContain("Wait 12 seconds");
  });
});
