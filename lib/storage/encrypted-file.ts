import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";

/**
 * Files at rest: AES-256-GCM over chunks of 64 KiB in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár:
 * "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015), under a key of the file's own:
 *
 *     header: "BATONF" ‖ version (1 byte, 1) ‖ nonce prefix (7 random bytes)
 *     chunks: ciphertext (64 KiB; the last one 0 to 64 KiB) ‖ tag (16 bytes)
 *     nonce of a chunk: prefix (7) ‖ number from 0 (4, big-endian) ‖ 1 for the last chunk, 0 for the others
 *
 * The number makes a reordered, dropped or repeated chunk fail, the mark of the last one a cut or lengthened file, the
 * header as additional data a changed version. No plaintext leaves before its chunk's tag was verified, but a file is
 * whole only when the stream has ended: whoever passes bytes on early must drop them when it fails.
 */

const MAGIC = Buffer.from("BATONF\x01", "latin1");
const PREFIX_BYTES = 7;
const TAG_BYTES = 16;
/** In bytes. */
export const HEADER_BYTES = MAGIC.length + PREFIX_BYTES;
/** In bytes of plaintext. */
export const CHUNK_BYTES = 64 * 1024;
/** In bytes of a full chunk as it is stored. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** A stored file isn't what was written: altered, cut, lengthened, or opened with another key. */
export class FileDamaged extends Error {
  override name = "FileDamaged";
  constructor() {
    super("a stored file is damaged or its key is another's");
  }
}

/** The encrypted file of a plaintext. `fileKey`: 32 random bytes, for this one file. Holds a chunk or two in memory. */
export async function* encryptFile(fileKey: Buffer, plaintext: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const key = createSecretKey(fileKey);
  const header = Buffer.concat([MAGIC, randomBytes(PREFIX_BYTES)]);
  const pieces = new Pieces(CHUNK_BYTES);
  let number = 0;

  function* seal(chunk: Buffer, last: boolean): Generator<Buffer> {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(header, number++, last), { authTagLength: TAG_BYTES });
    cipher.setAAD(header);
    yield cipher.update(chunk);
    cipher.final();
    yield cipher.getAuthTag();
  }

  yield header;
  for await (const bytes of plaintext) {
    for (const chunk of pieces.add(bytes)) yield* seal(chunk, false);
  }
  yield* seal(pieces.rest(), true);
}

/**
 * The plaintext of an encrypted file. Throws `FileDamaged`. With `part`, `stored` are whole chunks from the middle of
 * a file: `header` its first bytes, `first` the number of the first chunk, `toEnd` whether the file's last chunk is
 * the last to come.
 */
export async function* decryptFile(
  fileKey: Buffer,
  stored: AsyncIterable<Uint8Array>,
  part?: { header: Buffer; first: number; toEnd: boolean },
): AsyncGenerator<Buffer> {
  const key = createSecretKey(fileKey);
  const pieces = new Pieces(SEALED_CHUNK_BYTES);
  let header = part?.header ?? Buffer.alloc(0);
  let number = part?.first ?? 0;

  function open(chunk: Buffer, last: boolean): Buffer {
    if (header.length !== HEADER_BYTES || header.indexOf(MAGIC) !== 0) throw new FileDamaged();
    if (chunk.length < TAG_BYTES) throw new FileDamaged();
    const nonce = nonceOf(header, number++, last);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(header);
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
    const plaintext = decipher.update(chunk.subarray(0, -TAG_BYTES));
    try {
      decipher.final();
    } catch {
      throw new FileDamaged();
    }
    return plaintext;
  }

  for await (let bytes of stored) {
    if (header.length < HEADER_BYTES) {
      const missing = HEADER_BYTES - header.length;
      header = Buffer.concat([header, bytes.subarray(0, missing)]);
      bytes = bytes.subarray(missing);
    }
    for (const chunk of pieces.add(bytes)) yield open(chunk, false);
  }
  yield open(pieces.rest(), part?.toEnd ?? true);
}

/** The length of the plaintext in bytes, from the length of the encrypted file. Throws `FileDamaged` if none fits. */
export function plaintextSize(storedSize: number): number {
  const sealed = storedSize - HEADER_BYTES;
  const chunks = Math.ceil(sealed / SEALED_CHUNK_BYTES);
  const size = sealed - chunks * TAG_BYTES;
  if (chunks < 1 || size < 0 || (chunks > 1 && size <= (chunks - 1) * CHUNK_BYTES)) throw new FileDamaged();
  return size;
}

function nonceOf(header: Buffer, number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(PREFIX_BYTES + 5);
  header.copy(nonce, 0, MAGIC.length);
  nonce.writeUInt32BE(number, PREFIX_BYTES);
  nonce.writeUInt8(last ? 1 : 0, PREFIX_BYTES + 4);
  return nonce;
}

/** Cuts bytes into pieces of one size, and keeps the last piece, full or not, until it's known to be the last. */
class Pieces {
  #held: Uint8Array[] = [];
  #length = 0;

  constructor(readonly size: number) {}

  /** Full pieces that aren't the last. Keeps a reference to `bytes`, which must not change afterwards. */
  *add(bytes: Uint8Array): Generator<Buffer> {
    let left = bytes;
    while (this.#length + left.length > this.size) {
      const missing = this.size - this.#length;
      this.#hold(left.subarray(0, missing));
      left = left.subarray(missing);
      yield this.rest();
      this.#held = [];
      this.#length = 0;
    }
    this.#hold(left);
  }

  #hold(bytes: Uint8Array): void {
    // An empty one would make a copy of what comes in whole pieces already.
    if (bytes.length === 0) return;
    this.#held.push(bytes);
    this.#length += bytes.length;
  }

  rest(): Buffer {
    const [first] = this.#held;
    if (!first || this.#held.length > 1) return Buffer.concat(this.#held);
    return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
  }
}
