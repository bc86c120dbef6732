import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemAssertRuntimeRole } from "@/lib/db/system";
import { env } from "@/lib/env";
import { checkRole } from "@/lib/run/checks";
import { asOwner } from "../../support/make-tenant";

// Roles are the whole cluster's: one of the test's own.
const role = `role_${randomUUID().replaceAll("-", "")}`;
let url = "";
beforeEach(async () => {
  const app = new URL(env().DATABASE_URL);
  await asOwner(`create role ${role} login password 'a password' in role baton_runtime`);
  app.username = role;
  app.password = "a password";
  url = app.href;
});
afterEach(() => asOwner(`drop role ${role}`));

test("the app's login is taken, and a second one like it", async () => {
  await expect(systemAssertRuntimeRole()).resolves.toBeUndefined();
  await expect(checkRole(env().DATABASE_URL)).resolves.toBeUndefined();
  await expect(checkRole(url)).resolves.toBeUndefined();
});

describe("refused, by a sentence", () => {
  test.each(["baton_search", "baton_exchange", "baton_audit"])("a member of %s", async (owner) => {
    await asOwner(`grant ${owner} to ${role}`);
    await expect(checkRole(url)).rejects.toMatchObject({
      name: "StartProblem",
      message: expect.stringContaining(`signs in as "${role}"`),
    });
  });

  test("the tables' owner", async () => {
    await expect(checkRole(env().DATABASE_ADMIN_URL)).rejects.toMatchObject({ name: "StartProblem" });
  });

  test("a login that can't sign in", async () => {
    await expect(checkRole(url.replace("password", "pass"))).rejects.toMatchObject({ name: "StartProblem" });
  });
});
