import { randomUUID } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { isStorageKey, ObjectMissing, type ObjectStore, type StoredObject } from "@/lib/storage/store";

/** Where objects lie. Credentials, and a region that isn't said here, are found where the AWS tools look for them. */
export type S3Place = { bucket: string; prefix: string; endpoint?: string; region?: string };

/** In bytes. What's shorter goes in one request, longer ones in parts of at least this (S3 asks for 5 MiB). */
const PART_BYTES = 8 * 1024 * 1024;
/** Waiting for a free connection counts as well. */
const connectMilliseconds = 15_000;
/** Until a request is answered; the bytes of an object may take longer. */
const answerMilliseconds = 120_000;
/** Of a connection that nothing passes over: a browser that takes a download slowly holds one. */
const idleMilliseconds = 300_000;
const mostConnections = 200;
/** How long an object that could be written and read back counts; until then the bucket is only asked for. */
const probeMilliseconds = 60_000;

type Sdk = typeof import("@aws-sdk/client-s3") & { client: S3Client };

/**
 * The storage refused or didn't answer. Only what happened: the SDK's own errors hold the key id and what was signed, and errors are
 * logged.
 */
class StorageFailed extends Error {
  override name = "StorageFailed";
  constructor(
    readonly code: string,
    readonly status: number | undefined,
  ) {
    super(`the S3 storage says ${code}${status ? ` (${status})` : ""}`);
  }
}

/** Objects in a bucket of an S3-compatible storage. The SDK is loaded with the first use. */
export function s3Store(place: S3Place): ObjectStore {
  const { bucket: Bucket } = place;
  const base = place.prefix === "" ? "" : `${place.prefix}/`;
  let loading: Promise<Sdk> | undefined;

  function load(): Promise<Sdk> {
    loading ??= connect(place);
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  }

  function nameOf(key: string): string {
    if (!isStorageKey(key)) throw new TypeError("not a storage key");
    return base + key;
  }

  async function write(Key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    const { client, ...s3 } = await load();
    const parts: { ETag: string | undefined; PartNumber: number }[] = [];
    let UploadId: string | undefined;
    try {
      for await (const { bytes: Body, last } of inParts(source)) {
        if (last && !UploadId) {
          await told(client.send(new s3.PutObjectCommand({ Bucket, Key, Body })));
          return;
        }
        UploadId ??= (await told(client.send(new s3.CreateMultipartUploadCommand({ Bucket, Key })))).UploadId;
        const PartNumber = parts.length + 1;
        const part = { Bucket, Key, UploadId, PartNumber, Body };
        const { ETag } = await told(client.send(new s3.UploadPartCommand(part)));
        parts.push({ ETag, PartNumber });
      }
      const whole = { Bucket, Key, UploadId, MultipartUpload: { Parts: parts } };
      await told(client.send(new s3.CompleteMultipartUploadCommand(whole)));
    } catch (error) {
      // Of a request whose answer was lost it isn't known whether it was done. What can't be undone now, the sweeper of orphans finds.
      if (UploadId)
        await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined);
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key })).catch(() => undefined);
      throw error;
    }
  }

  async function* read(Key: string, range: { start?: number; end?: number } = {}): AsyncGenerator<Buffer> {
    const { client, GetObjectCommand } = await load();
    const { start = 0, end } = range;
    const part = start > 0 || end !== undefined ? { Range: `bytes=${start}-${end ?? ""}` } : {};
    let body: unknown;
    try {
      body = (await told(client.send(new GetObjectCommand({ Bucket, Key, ...part })))).Body;
    } catch (error) {
      // Nothing lies behind the end.
      if (error instanceof StorageFailed && error.status === 416) return;
      throw isMissing(error) ? new ObjectMissing(Key.slice(base.length)) : error;
    }
    yield* body as AsyncIterable<Buffer>;
  }

  async function remove(Key: string): Promise<void> {
    const { client, DeleteObjectCommand } = await load();
    await told(client.send(new DeleteObjectCommand({ Bucket, Key })));
  }

  async function* list(prefix: string): AsyncGenerator<StoredObject> {
    const { client, ListObjectsV2Command } = await load();
    let token: string | undefined;
    do {
      const from = token ? { ContinuationToken: token } : {};
      const page = await told(client.send(new ListObjectsV2Command({ Bucket, Prefix: base + prefix, ...from })));
      for (const { Key = "", LastModified } of page.Contents ?? []) {
        const key = Key.slice(base.length);
        if (LastModified && isStorageKey(key)) yield { key, storedAt: LastModified };
      }
      token = page.NextContinuationToken;
    } while (token);
  }

  async function removeUnfinished(before: Date): Promise<number> {
    const { client, ...s3 } = await load();
    let removed = 0;
    let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
    while (from) {
      const page: Awaited<ReturnType<typeof uploads>> = await uploads(from);
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (!Initiated || Initiated >= before) continue;
        await told(client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId })));
        removed++;
      }
      const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page;
      from =
        IsTruncated && NextKeyMarker && NextUploadIdMarker
          ? { KeyMarker: NextKeyMarker, UploadIdMarker: NextUploadIdMarker }
          : undefined;
    }
    return removed;

    function uploads(after: { KeyMarker?: string; UploadIdMarker?: string }) {
      return told(client.send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix: base, ...after })));
    }
  }

  // Never among the objects: no key has a dot. One for this process: if it can't be removed, the next check writes it over.
  const probe = `${base}.probe-${randomUUID()}`;
  let probedUntil = 0;
  let checking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const { client, HeadBucketCommand } = await load();
    if (performance.now() < probedUntil) {
      await told(client.send(new HeadBucketCommand({ Bucket })));
      return;
    }
    let found = "";
    try {
      await write(probe, bytesOf("probe"));
      for await (const bytes of read(probe)) found += bytes.toString("latin1");
    } finally {
      await remove(probe);
    }
    if (found !== "probe") throw new Error("the S3 storage gives other bytes");
    probedUntil = performance.now() + probeMilliseconds;
  }

  /** One at a time: who asks meanwhile gets the same answer. */
  function check(): Promise<void> {
    checking ??= look()
      .catch((error: unknown) => {
        probedUntil = 0;
        throw error;
      })
      .finally(() => {
        checking = undefined;
      });
    return checking;
  }

  return {
    put: async (key, source) => write(nameOf(key), source),
    async *get(key, range) {
      yield* read(nameOf(key), range);
    },
    size: async (key) => {
      const Key = nameOf(key);
      const { client, HeadObjectCommand } = await load();
      try {
        return (await told(client.send(new HeadObjectCommand({ Bucket, Key })))).ContentLength ?? 0;
      } catch (error) {
        throw isMissing(error) ? new ObjectMissing(key) : error;
      }
    },
    delete: async (key) => remove(nameOf(key)),
    list,
    removeUnfinished,
    check,
  };
}

async function connect({ endpoint, region }: S3Place): Promise<Sdk> {
  const s3 = await import("@aws-sdk/client-s3");
  const client = new s3.S3Client({
    ...(region ? { region } : {}),
    // Other storages than Amazon's seldom have a host name for every bucket.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    // Nor do all of them know the newer checksums. What's sent is signed with its SHA-256, what's read was encrypted with authentication.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: connectMilliseconds,
      requestTimeout: answerMilliseconds,
      throwOnRequestTimeout: true,
      socketTimeout: idleMilliseconds,
      httpAgent: { maxSockets: mostConnections, keepAlive: true },
      httpsAgent: { maxSockets: mostConnections, keepAlive: true },
    },
  });
  return { ...s3, client };
}

/** The answer, or `StorageFailed`. */
async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { name, code, $metadata } = error as { name: string; code?: string; $metadata?: { httpStatusCode?: number } };
    throw new StorageFailed(code ?? name, $metadata?.httpStatusCode);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof StorageFailed && (error.code === "NoSuchKey" || error.code === "NotFound");

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** The same bytes in parts, as large as S3 wants them; at least one, which may be empty. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of source) {
    if (bytes.length === 0) continue;
    if (length >= PART_BYTES) {
      yield { bytes: Buffer.concat(held), last: false };
      held = [];
      length = 0;
    }
    held.push(bytes);
    length += bytes.length;
  }
  yield { bytes: Buffer.concat(held), last: true };
}
