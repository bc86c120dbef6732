import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newKey, SealError } from "@/lib/storage/aes-gcm";
import { districtKek, exchangeKek, makeKeys } from "@/lib/storage/keys";

const DISTRICT = "6f1c1f3e-0d7e-4b8e-9d57-0a4b6a2b0001";
const OTHER = "6f1c1f3e-0d7e-4b8e-9d57-0a4b6a2b0002";
const aad = Buffer.from("file 1");

describe("a key wrapped for a district", () => {
  const keys = makeKeys({ current: newKey(), pepper: newKey() });

  test("unwraps for that district", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (array) => {
        const secret = Buffer.from(array);
        expect(keys.unwrapForDistrict(DISTRICT, keys.wrapForDistrict(DISTRICT, secret, aad), aad).equals(secret)).toBe(
          true,
        );
      }),
    );
  });

  test("doesn't unwrap for another district, the exchange, other additional data, or with any byte altered", () => {
    const blob = keys.wrapForDistrict(DISTRICT, newKey(), aad);
    expect(() => keys.unwrapForDistrict(OTHER, blob, aad)).toThrow(SealError);
    expect(() => keys.unwrapForExchange(blob, aad)).toThrow(SealError);
    expect(() => keys.unwrapForDistrict(DISTRICT, blob, Buffer.from("file 2"))).toThrow(SealError);
    for (let at = 0; at < blob.length; at++) {
      const altered = Buffer.from(blob);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => keys.unwrapForDistrict(DISTRICT, altered, aad)).toThrow(SealError);
      expect(() => keys.unwrapForDistrict(DISTRICT, blob.subarray(0, at), aad)).toThrow(SealError);
    }
  });
});

test("a key wrapped for the exchange unwraps for the exchange, not for a district", () => {
  const keys = makeKeys({ current: newKey(), pepper: newKey() });
  const secret = newKey();
  const blob = keys.wrapForExchange(secret, aad);
  expect(keys.unwrapForExchange(blob, aad).equals(secret)).toBe(true);
  expect(() => keys.unwrapForDistrict(DISTRICT, blob, aad)).toThrow(SealError);
});

test("a secret wrapped for sign-in unwraps for sign-in with the same additional data alone", () => {
  const keys = makeKeys({ current: newKey(), pepper: newKey() });
  const secret = newKey();
  const blob = keys.wrapForSignIn(secret, aad);
  expect(keys.unwrapForSignIn(blob, aad).equals(secret)).toBe(true);
  expect(() => keys.unwrapForSignIn(blob, Buffer.from("somebody else"))).toThrow(SealError);
  expect(() => keys.unwrapForExchange(blob, aad)).toThrow(SealError);
  expect(() => keys.unwrapForDistrict(DISTRICT, blob, aad)).toThrow(SealError);
});

describe("another master key", () => {
  const [first, second, pepper] = [newKey(), newKey(), newKey()];
  const before = makeKeys({ current: first, pepper });
  const after = makeKeys({ current: second, older: [first], pepper });
  const secret = newKey();
  const old = before.wrapForDistrict(DISTRICT, secret, aad);

  test("opens what an older one wrapped, as long as that is in the ring", () => {
    expect(after.unwrapForDistrict(DISTRICT, old, aad).equals(secret)).toBe(true);
    expect(() => makeKeys({ current: second, pepper }).unwrapForDistrict(DISTRICT, old, aad)).toThrow(SealError);
  });

  test("shows in the blob, so that what needs wrapping anew is found", () => {
    const wrappedAnew = after.wrapForDistrict(DISTRICT, secret, aad);
    expect(old.subarray(1, 5).equals(after.currentKeyId())).toBe(false);
    expect(wrappedAnew.subarray(1, 5).equals(after.currentKeyId())).toBe(true);
    expect(wrappedAnew.readUInt8(0)).toBe(1);
  });
});

test("derived keys differ by master key, district, version and purpose, and never change (known answers)", () => {
  const master = Buffer.alloc(32, 7);
  const derived = [
    districtKek(master, DISTRICT, 1),
    districtKek(master, OTHER, 1),
    districtKek(master, DISTRICT, 2),
    districtKek(Buffer.alloc(32, 8), DISTRICT, 1),
    exchangeKek(master, 1),
    exchangeKek(master, 2),
  ].map((key) => key.toString("hex"));
  expect(new Set(derived).size).toBe(derived.length);
  expect([derived[0], derived[4]]).toEqual([
    "d244081bcd626fb3ab2e955e3938a4e3cc354b9a7832bf58b0542da6686be98d",
    "a541ac3612918f26761c43b3c2cacc237d324f5006e20b13412955ee088c5507",
  ]);
});

test("keys and pepper of other lengths are refused", () => {
  const short = Buffer.alloc(31);
  expect(() => makeKeys({ current: short, pepper: newKey() })).toThrow(RangeError);
  expect(() => makeKeys({ current: newKey(), pepper: short })).toThrow(RangeError);
  expect(() => makeKeys({ current: newKey(), older: [short], pepper: newKey() })).toThrow(RangeError);
});
