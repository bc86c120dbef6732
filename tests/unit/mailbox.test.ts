import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setEnv } from "@/lib/env";
import { listMail, readMail } from "@/lib/mail/mailbox";
import { sendMail } from "@/lib/mail/transport";
import { startMailbox } from "@/lib/run/mailbox";
import { testSettings } from "@/tests/support/settings";

let folder: string;
let mailbox: Awaited<ReturnType<typeof startMailbox>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-mailbox-"));
  mailbox = await startMailbox(folder);
  setEnv(testSettings({ DATA_DIR: folder, SMTP_URL: `smtp://127.0.0.1:${mailbox.port}` }));
});
afterAll(async () => {
  await mailbox.stop();
  await rm(folder, { recursive: true, force: true });
});

const mail = (over: Partial<Parameters<typeof sendMail>[0]> = {}) => ({
  to: "José Ñandú <jose@riverbend.example>",
  subject: "A case is waiting – 3 días",
  text: "Hello, plain.",
  html: "<p>Hello, <b>html</b>.</p>",
  messageId: "<1@baton.example>",
  ...over,
});

describe("the embedded mailbox", () => {
  it("shows a mail as it was sent", async () => {
    await sendMail(mail());
    const [found] = await listMail();
    expect(found).toMatchObject({
      from: expect.stringContaining("baton@baton.example"),
      to: expect.stringContaining("jose@riverbend.example"),
      subject: "A case is waiting – 3 días",
      text: expect.stringContaining("Hello, plain."),
      html: expect.stringContaining("<b>html</b>"),
      messageId: "<1@baton.example>",
    });
    expect(await readMail(found?.id ?? "")).toEqual(found);
  });

  it("lists the newest first", async () => {
    for (const subject of ["one", "two", "three"]) await sendMail(mail({ subject }));
    expect((await listMail(3)).map((found) => found.subject)).toEqual(["three", "two", "one"]);
  });

  it("refuses a mail of more than 10 MB and goes on", async () => {
    await expect(sendMail(mail({ text: "x".repeat(11 * 1024 * 1024) }))).rejects.toThrow();
    await sendMail(mail({ subject: "after" }));
    expect((await listMail(1))[0]?.subject).toBe("after");
  });

  it("keeps the newest 500", async () => {
    const old = Array.from({ length: 505 }, (_, i) => `20200101000000${String(i).padStart(3, "0")}-00000000.json`);
    await Promise.all(old.map((name) => writeFile(join(folder, "mailbox", name), "{}")));
    await sendMail(mail({ subject: "newest" }));
    expect(await readdir(join(folder, "mailbox"))).toHaveLength(500);
    expect((await listMail(1))[0]?.subject).toBe("newest");
  });

  it("has nothing for an id that it didn't give", async () => {
    for (const id of ["", "../../secrets", "20200101000000000-0000000g", "..%2f"])
      expect(await readMail(id)).toBeNull();
  });
});
