import { Writable } from "node:stream";
import pino from "pino";
import { expect, it } from "vitest";
import { logOptions } from "@/lib/log";

it("writes what an error was and where, and nothing that a person typed", () => {
  const lines: string[] = [];
  const into = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const cause = Object.assign(new Error("Key (email)=(canary@lakeview.example) already exists"), { code: "23505" });
  const error = new TypeError("no student\nnamed Canary", { cause });
  const log = pino({ ...logOptions, level: "info" }, into);
  log.error(error);
  log.error({ err: error });
  log.error({ err: error, transferId: "t1" }, "sending failed");
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    expect(line).not.toContain("canary@");
    expect(line).not.toContain("Canary");
  }
  const [line = "", , said = ""] = lines;
  expect(JSON.parse(said)).toMatchObject({ msg: "sending failed", transferId: "t1" });
  expect(JSON.parse(line).err).toMatchObject({ type: "TypeError", cause: { code: "23505" } });
  expect(JSON.parse(line).err.at[0]).toContain("log.test.ts");
});
