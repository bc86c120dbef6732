import { chmod, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Postgres, startPostgres, withConnection } from "@/lib/run/postgres";
import { removePostgresHome } from "@/lib/run/postgres-home";
import { loadSecrets, type Secrets } from "@/lib/run/secrets";

let dataDir: string;
let secrets: Secrets;
beforeAll(async () => {
  dataDir = await mkdtemp(join(inject("folder"), "cluster-"));
  await chmod(dataDir, 0o711);
  await chmod(inject("folder"), 0o711);
  secrets = await loadSecrets(dataDir);
});
afterAll(() => removePostgresHome(dataDir));

const start = () => startPostgres({ dataDir, superuserPassword: secrets.superuserPassword });
const ask = (postgres: Postgres, sql: string) =>
  withConnection(postgres.superuserUrl("postgres"), async (client) => (await client.query(sql)).rows[0]);

describe("the embedded PostgreSQL", () => {
  it("finds its data and its port again", async () => {
    const first = await start();
    await ask(first, "create table kept (id int)");
    await first.stop();
    await first.ended;
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await ask(second, "select count(*)::int as n from kept")).toEqual({ n: 0 });
    await second.stop();
  });

  it("reads letters beyond ASCII as letters", async () => {
    const postgres = await start();
    await ask(postgres, "create extension if not exists pg_trgm");
    await ask(postgres, "create extension if not exists unaccent");
    expect(
      await ask(
        postgres,
        "select lower('ÉÅ') as low, unaccent('Élève') as plain, cardinality(show_trgm('محمد')) > 0 as letters, 'É' ilike 'é' as same",
      ),
    ).toEqual({ low: "éå", plain: "Eleve", letters: true, same: true });
    await postgres.stop();
  });

  it("puts in order what a killed starter left: a server that runs, or the note of one that doesn't", async () => {
    const left = await start();
    const again = await start();
    await left.ended;
    await again.stop();
    const note = join(
      JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8")).outside ?? join(dataDir, "postgres"),
      "postmaster.pid",
    );
    await writeFile(note, `${process.pid}\n${dataDir}/postgres\n1\n1\n\n127.0.0.1\n`);
    const after = await start();
    await after.stop();
  });

  it("logs no statement and no value", async () => {
    const postgres = await start();
    await ask(postgres, "create table once (name text primary key)");
    await ask(postgres, "insert into once values ('Canary')");
    await expect(ask(postgres, "insert into once values ('Canary')")).rejects.toThrow();
    await postgres.stop();
    const log = await readFile(join(dataDir, "postgres.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("Canary");
  });
});
