import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CreateMultipartUploadCommand, S3Client } from "@aws-sdk/client-s3";
import { setEnv } from "@/lib/env";
import { folderStore } from "@/lib/storage/folder";
import { s3Store } from "@/lib/storage/s3";
import type { ObjectStore } from "@/lib/storage/store";
import { s3Credentials, startS3 } from "@/tests/support/s3";

/** An object store, and what a test must be able to do behind its back. */
export type Driver = {
  store: ObjectStore;
  /** The same store as TypeScript, for another process. */
  program: string;
  /** More than it lists at once. */
  many: number;
  /** A store of the same kind that can't be written to. */
  broken: ObjectStore;
  age(key: string, date: Date): Promise<void>;
  /** Things that lie where the objects do and aren't any. */
  clutter(): Promise<void>;
  /** A write that was cut off then. */
  leaveUnfinished(date: Date): Promise<void>;
  unfinished(): Promise<number>;
  stop(): Promise<void>;
};

async function openFolder(): Promise<Driver> {
  const base = await mkdtemp(join(tmpdir(), "baton-folder-"));
  const folder = join(base, "made", "when missing");
  const aside = join(folder, ".unfinished");
  const blocked = join(base, "blocked");
  await mkdir(blocked);
  await writeFile(join(blocked, ".unfinished"), "in the way");
  return {
    store: folderStore(folder),
    program: `(await import("@/lib/storage/folder")).folderStore(${JSON.stringify(folder)})`,
    many: 1000,
    broken: folderStore(blocked),
    age: (key, date) => utimes(join(folder, key), date, date),
    clutter: async () => {
      await mkdir(join(folder, "ab"), { recursive: true });
      await mkdir(aside, { recursive: true });
      await writeFile(join(aside, "partial"), "x");
      await writeFile(join(folder, "ab", "Not a key.txt"), "x");
    },
    leaveUnfinished: async (date) => {
      const path = join(aside, randomUUID());
      await mkdir(aside, { recursive: true });
      await writeFile(path, "x");
      await utimes(path, date, date);
    },
    unfinished: async () => (await readdir(aside)).length,
    stop: () => rm(base, { recursive: true, force: true }),
  };
}

async function openS3(): Promise<Driver> {
  const s3 = await startS3();
  setEnv(s3Credentials);
  const place = { bucket: s3.bucket, prefix: "some/prefix", endpoint: s3.endpoint, region: "us-east-1" };
  const client = new S3Client({ endpoint: s3.endpoint, region: "us-east-1", forcePathStyle: true });
  return {
    store: s3Store(place),
    program: `(await import("@/lib/storage/s3")).s3Store(${JSON.stringify(place)})`,
    many: 350,
    broken: s3Store({ ...place, bucket: "no-such-bucket" }),
    age: (key, date) => s3.age(`some/prefix/${key}`, date),
    clutter: async () => {
      for (const name of ["some/prefix/ab/Not a key.txt", "some/prefixed/ab/key", "elsewhere"]) {
        await mkdir(dirname(s3.objectFile(name)), { recursive: true });
        await writeFile(s3.objectFile(name), "x");
      }
    },
    leaveUnfinished: async (date) => {
      const Key = `some/prefix/ab/${randomUUID()}`;
      const { UploadId = "" } = await client.send(new CreateMultipartUploadCommand({ Bucket: s3.bucket, Key }));
      await s3.ageUpload(UploadId, date);
    },
    unfinished: async () => (await s3.listUploads()).length,
    stop: s3.stop,
  };
}

/** The drivers of lib/storage: what's promised of one is promised of all. */
export const drivers = { folder: openFolder, S3: openS3 };
