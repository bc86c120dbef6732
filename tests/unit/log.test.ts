import { Writable } from "node:stream";
import pino from "pino";
import { expect, it } from "vitest";
import { describeError } from "@/lib/log";

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
  pino({ serializers: { err: describeError } }, into).error(error);
  const [line = ""] = lines;
  expect(line.toLowerCase()).not.toContain("canary@");
  expect(line).not.toContain("named Canary");
  expect(JSON.parse(line).err).toMatchObject({ type: "TypeError", cause: { code: "23505" } });
  expect(JSON.parse(line).err.at[0]).toContain("log.test.ts");
});
