import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { setEnv } from "@/lib/env";
import { s3Store } from "@/lib/storage/s3";
import { s3Credentials, startS3 } from "@/tests/support/s3";

setEnv(s3Credentials);
const s3 = await startS3();
afterAll(() => s3.stop());
afterEach(() => {
  s3.refused.clear();
  vi.useRealTimers();
});

const open = () => s3Store({ bucket: s3.bucket, prefix: "p", endpoint: s3.endpoint, region: "us-east-1" });
const probes = async () =>
  (await readdir(dirname(s3.objectFile("p/x"))).catch(() => [])).filter(
    (name) => name.startsWith(".probe") && name.endsWith("_object"),
  );
const askedBy = async (work: () => Promise<unknown>) => {
  const before = s3.asked.length;
  await work();
  return s3.asked.slice(before);
};

test("an object is written once a minute, in between the bucket is asked for", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const store = open();
  expect(await askedBy(() => store.check())).toEqual(["PUT", "GET", "DELETE"]);
  expect(await askedBy(() => store.check())).toEqual(["HEAD"]);
  vi.advanceTimersByTime(61_000);
  expect(await askedBy(() => store.check())).toEqual(["PUT", "GET", "DELETE"]);
});

test("who asks at the same moment gets the same answer", async () => {
  const store = open();
  expect(await askedBy(() => Promise.all([store.check(), store.check(), store.check()]))).toHaveLength(3);
});

test("once the bucket doesn't answer, writing is tried again", async () => {
  const store = open();
  await store.check();
  s3.refused.add("HEAD");
  await expect(store.check()).rejects.toThrow();
  expect(await askedBy(() => store.check())).toEqual(["PUT", "GET", "DELETE"]);
});

test("what can't be read back is removed all the same", async () => {
  const store = open();
  s3.refused.add("GET");
  await expect(store.check()).rejects.toThrow();
  expect(await probes()).toEqual([]);
});

test("what can't be removed stays once, and goes with the next check", async () => {
  const store = open();
  s3.refused.add("DELETE");
  await expect(store.check()).rejects.toThrow();
  await expect(store.check()).rejects.toThrow();
  expect(await probes()).toHaveLength(1);
  s3.refused.clear();
  await store.check();
  expect(await probes()).toEqual([]);
});
