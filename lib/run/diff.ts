import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { main, StartProblem, say } from "./problem";
import { projectRoot } from "./root";
import { diffDatamodels, migrationsFolder } from "./schema-engine";

// npm run db:diff -- NAME: writes the migration from the datamodel of the last committed migration to the present one.
await main(async () => {
  const name = process.argv[2];
  if (!name || !/^[a-z0-9_]+$/.test(name))
    throw new StartProblem("A name is needed, in small letters: npm run db:diff -- add_deadlines");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: projectRoot, encoding: "utf8" });
  const commit = git("log", "-1", "--format=%H", "--", "prisma/migrations").trim();
  if (!commit) throw new StartProblem("No migration has been committed yet; there is nothing to compare with.");
  const before = git("show", `${commit}:prisma/schema.prisma`);
  const sql = await diffDatamodels(before, await readFile(join(projectRoot, "prisma", "schema.prisma"), "utf8"));
  if (!sql) return say("The datamodel hasn't changed since the last committed migration.");
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(migrationsFolder, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), sql);
  say(`Wrote prisma/migrations/${stamp}_${name}/migration.sql. Policies, grants and triggers are added by hand.`);
});
