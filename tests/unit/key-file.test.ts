import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { newKey } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";
import { testSettings } from "@/tests/support/settings";

const folder = await mkdtemp(join(tmpdir(), "baton-keys-"));
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const masterKey = newKey().toString("base64");
let file = "";
let count = 0;
beforeEach(async () => {
  file = join(folder, `${++count}.json`);
  await writeFile(file, JSON.stringify({ masterKey }));
  setEnv(testSettings({ BATON_KEY_FILE: file }));
});

test("a key file that was removed is as it was read last", async () => {
  const before = keys().currentKeyId();
  await rm(file);
  expect(keys().currentKeyId()).toEqual(before);
});

test.each([
  ["cut off", `{"masterKey":"${masterKey}`],
  ["without its key", "{}"],
])("a key file that is %s is an error, which quotes nothing of it", async (_, content) => {
  keys();
  await writeFile(file, content);
  expect(() => keys()).toThrow(/^the key file can't be read \(it's damaged\)$/);
});

test("a key file that can't be opened is an error, not the other key that's set", () => {
  setEnv(testSettings({ BATON_KEY_FILE: folder }));
  expect(() => keys()).toThrow("the key file can't be read (EISDIR)");
});
