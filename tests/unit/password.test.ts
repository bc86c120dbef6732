import { expect, test } from "vitest";
import { hashPassword, passwordMatches } from "@/lib/users/password";

test("passwords are hashed as OWASP asks: argon2id, 19 MiB, two passes, one lane", async () => {
  const hash = await hashPassword("seven green kettles hum");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordMatches("seven green kettles hum", hash)).toBe(true);
  expect(await passwordMatches("seven green kettles", hash)).toBe(false);
  expect(await passwordMatches("no such account", null)).toBe(false);
});
