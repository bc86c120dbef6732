import { afterEach, expect, test, vi } from "vitest";
import { knownDevice, knownDeviceDays, withDevice } from "@/lib/users/known-device";

const person = (n: number) => ({
  id: `6f1c1f3e-0d7e-4b8e-9d57-0a4b6a2b1${String(n).padStart(3, "0")}`,
  credentials: "as they are",
});
const [one, two] = [person(101), person(102)];

afterEach(() => {
  vi.useRealTimers();
});

test("a browser is known for the person who signed in, and for nobody else", () => {
  const cookie = withDevice("", one);
  expect(knownDevice(cookie, one)).toMatch(/^[\w-]{22}$/);
  expect(knownDevice(cookie, two)).toBeNull();
  expect(cookie).not.toContain(one.id);
});

test("several people share a browser; who signs in again has one place, and the sixth takes the oldest's", () => {
  const both = withDevice(withDevice(withDevice("", one), two), one);
  expect(both.split("~")).toHaveLength(2);
  for (const account of [one, two]) expect(knownDevice(both, account)).not.toBeNull();
  const full = [1, 2, 3, 4, 5, 6].reduce((cookie, n) => withDevice(cookie, person(n)), "");
  expect(knownDevice(full, person(1))).toBeNull();
  for (const n of [2, 3, 4, 5, 6]) expect(knownDevice(full, person(n))).not.toBeNull();
});

test("each browser is another, and the same one at the next sign-in", () => {
  const cookie = withDevice("", one);
  expect(knownDevice(withDevice("", one), one)).not.toBe(knownDevice(cookie, one));
  expect(knownDevice(withDevice(withDevice(cookie, two), one), one)).toBe(knownDevice(cookie, one));
});

test("it dies with the credentials that it was made under", () => {
  const cookie = withDevice("", one);
  const after = { ...one, credentials: "changed" };
  expect(knownDevice(cookie, after)).toBeNull();
  expect(knownDevice(withDevice(cookie, after), after)).not.toBe(knownDevice(cookie, one));
});

test("no part of it can be altered", () => {
  const cookie = withDevice("", one);
  for (let at = 0; at < cookie.length; at++) {
    const altered = cookie.slice(0, at) + (cookie[at] === "0" ? "1" : "0") + cookie.slice(at + 1);
    // The last symbol of 32 bytes in base64url holds two bits that mean nothing.
    if (at < cookie.length - 1) expect(knownDevice(altered, one)).toBeNull();
  }
});

test("it's too old after its days", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const cookie = withDevice("", one);
  vi.setSystemTime(Date.now() + knownDeviceDays * 86_400_000);
  expect(knownDevice(cookie, one)).not.toBeNull();
  vi.setSystemTime(Date.now() + 86_400_000);
  expect(knownDevice(cookie, one)).toBeNull();
});

test.each(["", "~", "x", "1.2.3", "20000.x.y~20000.x.y", "a".repeat(10_000)])("%.20j is nobody's", (cookie) => {
  expect(knownDevice(cookie, one)).toBeNull();
  expect(knownDevice(withDevice(cookie, one), one)).not.toBeNull();
});
