import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { systemClose } from "@/lib/db/system";
import { setEnv } from "@/lib/env";
import { closeOutbox } from "@/lib/outbox";
import { type Actor, permissions } from "@/lib/policy";
import { databaseUrls, makeRolesAndDatabase } from "@/lib/run/embedded";
import { migrate } from "@/lib/run/migrate";
import { startPostgres } from "@/lib/run/postgres";
import { removePostgresHome } from "@/lib/run/postgres-home";
import { loadSecrets } from "@/lib/run/secrets";
import { testSettings } from "../support/settings";
import { benchDocuments } from "./documents";
import { bench, generate } from "./generate";
import { benchHandOver } from "./hand-over";
import { benchPages } from "./pages";
import { summary } from "./report";
import { benchRoster } from "./roster";
import { benchDirectory, benchSearch } from "./search";
import { benchUpload } from "./upload";

/**
 * `npm run bench`: every figure as a ratio to a floor of the same run. Takes about a quarter of an hour; leaves nothing behind.
 * `npm run bench -- search pages` measures some parts only.
 */
const parts = ["search", "hand-over", "documents", "roster", "pages"] as const;
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !parts.some((part) => part === name));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(", ")}. Parts: ${parts.join(", ")}`);
const measured = (part: (typeof parts)[number]) => chosen.length === 0 || chosen.includes(part);

const folder = await mkdtemp(join(tmpdir(), "baton-bench-"));
await chmod(folder, 0o711);
const secrets = await loadSecrets(folder);
const postgres = await startPostgres({ dataDir: folder, superuserPassword: secrets.superuserPassword });
try {
  await makeRolesAndDatabase(postgres, secrets);
  const urls = databaseUrls(postgres, secrets, "baton");
  await migrate(urls);
  const settings = testSettings({
    DATABASE_URL: urls.databaseUrl,
    DATABASE_ADMIN_URL: urls.adminUrl,
    STORAGE_DIR: join(folder, "files"),
    DATA_DIR: folder,
  });
  setEnv(settings);

  console.log(`Generating ${bench.districts} districts and ${bench.cases} cases, ${bench.largest} in the largest`);
  const owner = new pg.Client(urls.adminUrl);
  await owner.connect();
  const start = performance.now();
  const largest = await generate(owner);
  console.log(`  in ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  const { rows } = await owner.query<{ district_id: string; id: string; user_id: string; name: string; slug: string }>(
    `select m.district_id, m.id, m.user_id, m.name, d.slug from membership m join district d on d.id = m.district_id where 'manageCases' = any (m.permissions) order by (m.district_id = $1) desc, d.slug limit 2`,
    [largest],
  );
  await owner.end();
  const [sender, receiver] = rows.map<Actor>((row) => ({
    userId: row.user_id,
    membershipId: row.id,
    districtId: row.district_id,
    name: row.name,
    permissions: new Set(permissions),
    ip: null,
  })) as [Actor, Actor];
  const superuserUrl = postgres.superuserUrl("baton");

  if (measured("search")) {
    await benchSearch(sender, superuserUrl);
    await benchDirectory(sender, superuserUrl);
  }
  if (measured("hand-over")) await benchHandOver(sender, receiver, superuserUrl, folder);
  if (measured("documents")) await benchDocuments(sender, receiver, superuserUrl, folder);
  if (measured("roster")) await benchRoster(superuserUrl, folder, settings);
  if (measured("pages"))
    await benchPages(sender, rows[0]?.slug as string, folder, settings, (app) => benchUpload(app, sender, folder));
  summary();
} finally {
  await closeOutbox();
  await systemClose();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  removePostgresHome(folder);
}
