import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newKey, SealError } from "@/lib/storage/aes-gcm";
import { deriveFromCode, newSalt, openItem, packageAad, sealItem, unwrapKey, wrapKey } from "@/lib/transfers/seal";

const CODE = "7KQF3MXDW8HTN2VJ";
const bytes = (options: { minLength?: number; maxLength?: number } = {}) =>
  fc.uint8Array({ maxLength: 300, ...options }).map((array) => Buffer.from(array));

describe("what follows from a code", () => {
  const salt = Buffer.alloc(16, 1);
  const pepper = Buffer.alloc(32, 2);

  test("is the same for the same code, salt and pepper, and differs with each of them", async () => {
    const same = await deriveFromCode(CODE, salt, pepper);
    expect(await deriveFromCode(CODE, salt, pepper)).toEqual(same);
    const others = await Promise.all([
      deriveFromCode("7KQF3MXDW8HTN2VK", salt, pepper),
      deriveFromCode(CODE, Buffer.alloc(16, 3), pepper),
      deriveFromCode(CODE, salt, Buffer.alloc(32, 3)),
    ]);
    for (const other of others) {
      expect(other.verifier.equals(same.verifier)).toBe(false);
      expect(other.wrapKey.equals(same.wrapKey)).toBe(false);
    }
  });

  test("is argon2id with 19 MiB, 2 passes, 1 lane (known answer), so that stored verifiers stay good", async () => {
    const { verifier, wrapKey: key } = await deriveFromCode(CODE, salt, pepper);
    expect(verifier.toString("hex")).toBe("e3b4405125d84db570c34ce5fdcedf658003eb5a2392ab216da2e4b593aec3f1");
    expect(createHash("sha256").update(key).digest("hex")).toBe(
      "feffd0d3a902fef8dd8b271ac72620558ec9e3e4f92872d46c5a02817d603ab0",
    );
  });

  test("has a verifier that isn't the wrapping key, nor its hash", async () => {
    const { verifier, wrapKey: key } = await deriveFromCode(CODE, newSalt(), pepper);
    expect([verifier.length, key.length]).toEqual([32, 32]);
    expect(verifier.equals(key)).toBe(false);
    expect(verifier.equals(createHash("sha256").update(key).digest())).toBe(false);
  });

  test("isn't made from a code that wasn't parsed, a short salt or no pepper", async () => {
    await expect(deriveFromCode("7KQF-3MXD-W8HT-N2VJ", salt, pepper)).rejects.toThrow(TypeError);
    await expect(deriveFromCode(CODE.toLowerCase(), salt, pepper)).rejects.toThrow(TypeError);
    await expect(deriveFromCode(CODE, Buffer.alloc(8), pepper)).rejects.toThrow(TypeError);
    await expect(deriveFromCode(CODE, salt, Buffer.alloc(0))).rejects.toThrow(TypeError);
  });
});

describe("a sealed item", () => {
  test("opens with its key and additional data, and is 28 bytes longer", () => {
    fc.assert(
      fc.property(bytes(), bytes(), (plaintext, aad) => {
        const key = newKey();
        const sealed = sealItem(key, plaintext, aad);
        expect(sealed.length).toBe(plaintext.length + 28);
        expect(openItem(key, sealed, aad).equals(plaintext)).toBe(true);
      }),
    );
  });

  test("doesn't open with any bit turned, any byte cut off or added, another key or other additional data", () => {
    fc.assert(
      fc.property(bytes({ maxLength: 60 }), bytes({ maxLength: 60 }), (plaintext, aad) => {
        const key = newKey();
        const sealed = sealItem(key, plaintext, aad);
        for (let bit = 0; bit < sealed.length * 8; bit++) {
          const altered = Buffer.from(sealed);
          altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          expect(() => openItem(key, altered, aad)).toThrow(SealError);
        }
        for (let length = 0; length < sealed.length; length++) {
          expect(() => openItem(key, sealed.subarray(0, length), aad)).toThrow(SealError);
        }
        expect(() => openItem(key, Buffer.concat([sealed, Buffer.of(0)]), aad)).toThrow(SealError);
        expect(() => openItem(newKey(), sealed, aad)).toThrow(SealError);
        expect(() => openItem(key, sealed, Buffer.concat([aad, Buffer.of(0)]))).toThrow(SealError);
      }),
      { numRuns: 20 },
    );
  });

  test("looks different each time, and its refusal says nothing", () => {
    const key = newKey();
    const aad = Buffer.alloc(0);
    expect(sealItem(key, aad, aad).equals(sealItem(key, aad, aad))).toBe(false);
    expect(() => openItem(key, Buffer.from("x".repeat(40)), aad)).toThrow(/^sealed data cannot be opened$/);
  });
});

describe("a wrapped key", () => {
  test("unwraps with the same key and additional data only", () => {
    const [key, kek, aad] = [newKey(), newKey(), Buffer.from("transfer 1")];
    const wrapped = wrapKey(key, kek, aad);
    expect(wrapped.length).toBe(60);
    expect(unwrapKey(wrapped, kek, aad).equals(key)).toBe(true);
    expect(() => unwrapKey(wrapped, newKey(), aad)).toThrow(SealError);
    expect(() => unwrapKey(wrapped, kek, Buffer.from("transfer 2"))).toThrow(SealError);
  });

  test("is a key of 32 bytes", () => {
    expect(() => wrapKey(Buffer.alloc(31), newKey(), Buffer.alloc(0))).toThrow(TypeError);
  });
});

describe("a package's additional data", () => {
  test("differs whenever a field does, also where the fields join to the same text", () => {
    const place = fc.record({
      transferId: fc.string({ maxLength: 4 }),
      sendingDistrictId: fc.string({ maxLength: 4 }),
      receivingDistrictId: fc.string({ maxLength: 4 }),
      version: fc.nat(30),
      part: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        expect(packageAad(a).equals(packageAad(b))).toBe(isSame);
      }),
      { examples: [[shift("ab", "c"), shift("a", "bc")]] },
    );
  });
});

function shift(transferId: string, sendingDistrictId: string) {
  return { transferId, sendingDistrictId, receivingDistrictId: "", version: 1, part: "" };
}
