import { createCipheriv, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newKey } from "@/lib/storage/aes-gcm";
import {
  CHUNK_BYTES,
  decryptFile,
  encryptFile,
  FileDamaged,
  HEADER_BYTES,
  plaintextSize,
  SEALED_CHUNK_BYTES,
} from "@/lib/storage/encrypted-file";

type Step = (source: AsyncIterable<Uint8Array>) => AsyncIterable<Buffer>;

const encrypt =
  (key: Buffer): Step =>
  (source) =>
    encryptFile(key, source);
const decrypt =
  (key: Buffer): Step =>
  (source) =>
    decryptFile(key, source);

async function run(input: Buffer | Buffer[], step: Step): Promise<Buffer> {
  async function* source() {
    yield* Array.isArray(input) ? input : [input];
  }
  return Buffer.concat(await all(step(source())));
}

/** Cuts `bytes` into pieces of the given lengths, over and over. */
function cut(bytes: Buffer, lengths: number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** Sizes at and around the edges of chunks, and any other. */
const sizes = fc.oneof(
  fc.tuple(fc.nat(4), fc.integer({ min: -2, max: 2 })).map(([chunks, off]) => Math.max(0, chunks * CHUNK_BYTES + off)),
  fc.nat(4 * CHUNK_BYTES),
);
const cuts = fc.array(fc.oneof(fc.integer({ min: 1000, max: 200_000 }), fc.constant(SEALED_CHUNK_BYTES)), {
  minLength: 1,
  maxLength: 4,
});

describe("an encrypted file", () => {
  test("decrypts to what it was, whatever its size and the pieces it comes in", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(sizes, cuts, cuts, async (size, in1, in2) => {
        const key = newKey();
        const plaintext = randomBytes(size);
        const stored = await run(cut(plaintext, in1), encrypt(key));
        expect(stored.length).toBe(HEADER_BYTES + size + 16 * Math.max(1, Math.ceil(size / CHUNK_BYTES)));
        expect(plaintextSize(stored.length)).toBe(size);
        expect((await run(cut(stored, in2), decrypt(key))).equals(plaintext)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("decrypts when it comes byte by byte", async () => {
    const key = newKey();
    const stored = await run(Buffer.from("short"), encrypt(key));
    expect((await run(cut(stored, [1]), decrypt(key))).toString()).toBe("short");
  });

  test("fails with any byte altered: every one of a small file", async () => {
    const key = newKey();
    const stored = await run(randomBytes(100), encrypt(key));
    for (let at = 0; at < stored.length; at++) await expectDamaged(flip(stored, at), key);
  });

  test("fails with any byte altered: any one of a large file", async () => {
    const key = newKey();
    const stored = await run(randomBytes(3 * CHUNK_BYTES + 5), encrypt(key));
    await fc.assert(
      fc.asyncProperty(fc.nat(stored.length - 1), async (at) => expectDamaged(flip(stored, at), key)),
      { numRuns: 200 },
    );
  });

  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7])(
    "of %i bytes fails when cut at or beside the edge of any chunk, or lengthened",
    async (size) => {
      const key = newKey();
      const stored = await run(randomBytes(size), encrypt(key));
      const edges = [0, ...Array.from({ length: 5 }, (_, chunk) => HEADER_BYTES + chunk * SEALED_CHUNK_BYTES)];
      const ends = [...edges.flatMap((edge) => [edge - 1, edge, edge + 1, edge + 16]), stored.length - 1];
      for (const end of ends) if (end >= 0 && end < stored.length) await expectDamaged(stored.subarray(0, end), key);
      await expectDamaged(Buffer.concat([stored, Buffer.of(0)]), key);
      await expectDamaged(Buffer.concat([stored, stored.subarray(HEADER_BYTES)]), key);
      await expectDamaged(Buffer.concat([stored, randomBytes(SEALED_CHUNK_BYTES)]), key);
    },
  );

  test("has the format that is documented, and no other version's", async () => {
    const key = newKey();
    const plaintext = randomBytes(CHUNK_BYTES + 1);
    expect((await run(byHand(key, plaintext, 1), decrypt(key))).equals(plaintext)).toBe(true);
    await expectDamaged(byHand(key, plaintext, 2), key);
  });

  test("fails with chunks swapped, dropped, repeated, or taken from another file of the same key", async () => {
    const key = newKey();
    const plaintext = randomBytes(3 * CHUNK_BYTES + 9);
    const [header, ...chunks] = parts(await run(plaintext, encrypt(key)));
    const [otherHeader, ...others] = parts(await run(plaintext, encrypt(key)));
    const [a, b, c, last] = chunks as [Buffer, Buffer, Buffer, Buffer];
    const damaged = [
      [header, b, a, c, last],
      [header, a, c, last],
      [header, b, c, last],
      [header, a, b, c],
      [header, a, a, b, c, last],
      [header, a, b, c, last, last],
      [header, last],
      [header, a, others[1], c, last],
      [otherHeader, a, b, c, last],
    ];
    for (const pieces of damaged)
      await expectDamaged(Buffer.concat(pieces.filter((piece) => piece !== undefined)), key);
  });

  test("fails with another key, another version, another magic, and when it's no such file", async () => {
    const key = newKey();
    const stored = await run(Buffer.from("text"), encrypt(key));
    await expectDamaged(stored, newKey());
    await expectDamaged(Buffer.concat([Buffer.from("BATONF\x02", "latin1"), stored.subarray(7)]), key);
    await expectDamaged(Buffer.from("A plain text that somebody put there instead of the file."), key);
    await expectDamaged(Buffer.alloc(0), key);
  });

  test("gives no plaintext of a chunk that doesn't verify", async () => {
    const key = newKey();
    const stored = await run(randomBytes(3 * CHUNK_BYTES), encrypt(key));
    const given: Buffer[] = [];
    const decrypted = decryptFile(key, Readable.from([flip(stored, HEADER_BYTES + SEALED_CHUNK_BYTES + 5)]));
    await expect(
      (async () => {
        for await (const chunk of decrypted) given.push(chunk);
      })(),
    ).rejects.toThrow(FileDamaged);
    expect(Buffer.concat(given).length).toBeLessThanOrEqual(CHUNK_BYTES);
  });

  test("looks different each time, even under the same key", async () => {
    const key = newKey();
    const [a, b] = [await run(Buffer.alloc(100), encrypt(key)), await run(Buffer.alloc(100), encrypt(key))];
    expect(a.subarray(HEADER_BYTES).equals(b.subarray(HEADER_BYTES))).toBe(false);
  });
});

test("a length that no encrypted file has is damage", () => {
  for (const length of [0, HEADER_BYTES, HEADER_BYTES + 15, HEADER_BYTES + SEALED_CHUNK_BYTES + 16]) {
    expect(() => plaintextSize(length)).toThrow(FileDamaged);
  }
});

/** A file of two chunks, made without the code under test. */
function byHand(key: Buffer, plaintext: Buffer, version: number): Buffer {
  const prefix = randomBytes(7);
  const header = Buffer.concat([Buffer.from("BATONF"), Buffer.of(version), prefix]);
  const chunks = [plaintext.subarray(0, CHUNK_BYTES), plaintext.subarray(CHUNK_BYTES)].map((chunk, number) => {
    const cipher = createCipheriv("aes-256-gcm", key, Buffer.concat([prefix, Buffer.of(0, 0, 0, number, number)]));
    cipher.setAAD(header);
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  });
  return Buffer.concat([header, ...chunks]);
}

function flip(bytes: Buffer, at: number): Buffer {
  const altered = Buffer.from(bytes);
  altered.writeUInt8(altered.readUInt8(at) ^ 0x40, at);
  return altered;
}

function parts(stored: Buffer): Buffer[] {
  return [stored.subarray(0, HEADER_BYTES), ...cut(stored.subarray(HEADER_BYTES), [SEALED_CHUNK_BYTES])];
}

async function expectDamaged(stored: Buffer, key: Buffer): Promise<void> {
  await expect(run(stored, decrypt(key))).rejects.toThrow(FileDamaged);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
