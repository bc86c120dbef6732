import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { env } from "@/lib/env";
import { migrate, pendingMigrations } from "@/lib/run/migrate";
import { withConnection } from "@/lib/run/postgres";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await withConnection(database.adminUrl, (owner) => owner.query("drop schema public cascade; create schema public"));
  folder = await mkdtemp(join(inject("folder"), "migrations-"));
  await writeFile(join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
});
afterAll(() => database.drop());

const write = async (name: string, sql: string) => {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
};
const rowsOf = (table: string) =>
  withConnection(database.adminUrl, async (owner) => (await owner.query(`select * from ${table}`)).rows);

describe("migrate", () => {
  it("applies what is pending, once, when several start at once", async () => {
    await write("1_one", "create table one (id int); insert into one values (1);");
    expect(await pendingMigrations(database.adminUrl, folder)).toEqual(["1_one"]);
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(database, folder)));
    expect(applied.flat()).toEqual(["1_one"]);
    expect(await rowsOf("one")).toHaveLength(1);
    expect(await pendingMigrations(database.adminUrl, folder)).toEqual([]);
  });

  it("sends a migration whole: semicolons within a function's body stay there", async () => {
    await write("2_body", "create function f() returns int language plpgsql as $$ begin return 1; end $$;");
    expect(await migrate(database, folder)).toEqual(["2_body"]);
  });

  it("leaves nothing of a migration that fails, names it, and applies it once it is mended", async () => {
    await write("3_broken", "create table three (id int); select 1/0;");
    await expect(migrate(database, folder)).rejects.toThrow(/3_broken[^]*division by zero/);
    await expect(rowsOf("three")).rejects.toThrow(/does not exist/);
    await write("3_broken", "create table three (id int);");
    expect(await migrate(database, folder)).toEqual(["3_broken"]);
  });

  it("lets the app's login use what is granted to baton_runtime, and the job tables", async () => {
    const found = await withConnection(env().DATABASE_URL, async (app) => {
      const role = await app.query(
        "select pg_has_role('baton_runtime', 'member') as member, rolsuper or rolbypassrls as unfenced from pg_roles where rolname = current_user",
      );
      await app.query("select count(*) from pgboss.job");
      return role.rows[0];
    });
    expect(found).toEqual({ member: true, unfenced: false });
  });
});
