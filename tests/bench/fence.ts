import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { databaseUrls, makeRolesAndDatabase } from "@/lib/run/embedded";
import { migrate } from "@/lib/run/migrate";
import { startPostgres } from "@/lib/run/postgres";
import { removePostgresHome } from "@/lib/run/postgres-home";
import { loadSecrets } from "@/lib/run/secrets";
import { figure, times } from "../support/figures";
import { bench, generate, words } from "./generate";
import { p95, report } from "./report";

/**
 * Scorecard, row 25: what row-level security costs on the list of cases. The list's own statement (lib/cases/list-cases.ts), for the
 * largest district, by the app's login: in the database as it is, and in a copy of it whose tables have row-level security switched off.
 */
const folder = await mkdtemp(join(tmpdir(), "baton-fence-"));
await chmod(folder, 0o711);
const secrets = await loadSecrets(folder);
const postgres = await startPostgres({ dataDir: folder, superuserPassword: secrets.superuserPassword });
try {
  await makeRolesAndDatabase(postgres, secrets);
  const urls = databaseUrls(postgres, secrets, "baton");
  await migrate(urls);
  const size = Object.fromEntries(
    Object.entries(bench).map(([what, full]) => [what, Math.round((full * times("BATON_BENCH_PERCENT", 100)) / 100)]),
  ) as typeof bench;
  console.log(`Generating ${size.cases} cases`);
  const owner = new pg.Client(urls.adminUrl);
  await owner.connect();
  const district = await generate(owner, size);
  await owner.end();
  const maintenance = new pg.Client(postgres.superuserUrl("postgres"));
  await maintenance.connect();
  await maintenance.query("create database unfenced template baton owner baton_owner strategy file_copy");
  await maintenance.query("grant connect on database unfenced to baton_app");
  await maintenance.end();
  const superuser = new pg.Client(postgres.superuserUrl("unfenced"));
  await superuser.connect();
  const { rows: fenced } = await superuser.query<{ name: string }>(
    "select c.oid::regclass::text name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity",
  );
  for (const { name } of fenced) await superuser.query(`alter table ${name} disable row level security`);
  await superuser.end();

  const app = new pg.Client(urls.databaseUrl);
  const free = new pg.Client(databaseUrls(postgres, secrets, "unfenced").databaseUrl);
  for (const client of [app, free]) {
    await client.connect();
    await client.query("select set_config('app.district_id', $1, false)", [district]);
  }
  const list = (client: pg.Client, q: string) => () =>
    client.query(
      `select f.total, r.* from search_cases($1, 'not-closed', null, null, null, null, 'updated', true, 50, 0, 1001) f left join lateral case_rows(f.ids) r on true order by r.n`,
      [q],
    );
  const searches = { "without a word": "", "a rare word": words.rare, "a common word": words.common };
  for (const [name, q] of Object.entries(searches)) {
    const rows = await Promise.all([list(app, q)(), list(free, q)()]);
    if (JSON.stringify(rows[0].rows) !== JSON.stringify(rows[1].rows)) throw new Error(`${name}: not the same rows`);
    const taken = await p95({ fenced: list(app, q), free: list(free, q) });
    report({ work: `List of cases, ${name} (p95)`, figure: taken.fenced, floor: taken.free, unit: "ms", most: 1.3 });
    figure(
      25,
      { times: [taken.fenced / taken.free] },
      {
        [`ms with it, ${name}`]: Math.round(taken.fenced * 100) / 100,
        [`ms without, ${name}`]: Math.round(taken.free * 100) / 100,
      },
    );
  }
  figure(25, {}, { cases: size.cases, districts: size.districts });
  await Promise.all([app.end(), free.end()]);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  removePostgresHome(folder);
}
