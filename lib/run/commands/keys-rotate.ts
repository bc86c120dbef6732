import { randomBytes } from "node:crypto";
import type pg from "pg";
import { env, keyIdOf } from "@/lib/env";
import { keys } from "@/lib/storage/keys";
import { withConnection } from "../postgres";
import { StartProblem, say } from "../problem";
import { countByAnotherKey, type Rewrapped, rewrapAll } from "../rewrap";
import { readSecrets, writeJson } from "../secrets";

const usage = "npm run baton -- keys rotate [--drop-old]";

// Any number will do, as long as every Baton takes the same one.
const ROTATION_LOCK = 4_217_002;

/** How long what was wrapped before a rotation may be on its way into the database: longer than any upload or transaction. */
const settlingMinutes = 60;

/**
 * `keys rotate`: makes a new master key the current one and wraps anew what is wrapped by older ones; called again, it goes on with that.
 * Keys of an embedded installation lie in its key file, where running processes find the new one by themselves; others come from the
 * environment, and the command says what to set. `--drop-old`: takes the older keys out of the file, or says that they may go. The pepper
 * stays. Runs as the owner, whose policy lets it see the rows of all districts. Throws StartProblem.
 */
export async function run(args: string[]): Promise<void> {
  const [option, ...more] = args;
  if (more.length > 0 || (option !== undefined && option !== "--drop-old")) throw new StartProblem(usage);
  await withConnection(env().DATABASE_ADMIN_URL, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [ROTATION_LOCK]);
    if (!rows[0]?.mine) throw new StartProblem("Another rotation of keys is under way. Wait until it has ended.");
    if (option) await dropOld(client);
    else await rotate(client);
  });
}

async function rotate(client: pg.Client): Promise<void> {
  const file = env().BATON_KEY_FILE;
  const turned = file ? await turnFile(file) : await turnEnvironment(client);
  if (!turned) return;
  const done = await rewrapAll(client, keys);
  report(done);
  const left = sum(done, "left");
  if (left === 0) {
    say("Nothing is left that needs an older key.");
    say(
      file
        ? `Backups made before need the older key: keep a copy of ${file} with them. Then, an hour after the key was replaced: npm run baton -- keys rotate --drop-old`
        : "Backups made before need the older key: keep it with them. When BATON_KEY_OLD may go, tells: npm run baton -- keys rotate --drop-old",
    );
    return;
  }
  process.exitCode = 1;
  if (sum(done, "closed") > 0)
    say("What can’t be opened needs a former master key that isn’t in the ring (BATON_KEY_OLD), or was damaged.");
  say("Run the command again for what is left.");
}

/** A new master key in the key file, unless the last one is still on its way. */
async function turnFile(file: string): Promise<true> {
  const secrets = await readSecrets(file);
  if (secrets.olderKeys.length > 0) {
    say(`The master key was replaced on ${secrets.rotatedAt}; going on with what is wrapped by older ones.`);
    return true;
  }
  await writeJson(file, {
    ...secrets,
    masterKey: randomBytes(32).toString("base64"),
    olderKeys: [secrets.masterKey],
    rotatedAt: new Date().toISOString(),
  });
  say(
    `There is a new master key in ${file}; the old one stays there until it's dropped. What runs takes the new one up by itself.`,
  );
  return true;
}

/** Whether the environment holds a new master key and every process knows it; otherwise says what to do. */
async function turnEnvironment(client: pg.Client): Promise<boolean> {
  const { BATON_KEY_OLD } = env();
  const left = sum(await countByAnotherKey(client, keys()), "left");
  if (BATON_KEY_OLD.length === 0 && left === 0) {
    say(`The keys come from the environment, and everything is wrapped by BATON_KEY. To replace it, set for the app, the worker and this command

  BATON_KEY_OLD  to what BATON_KEY is now
  BATON_KEY      to a new one: 32 random bytes as base64, from openssl rand -base64 32

stop the app and the worker, start them with these, and run this command again. Without a pause: first give the new key to all of them as
BATON_KEY_OLD and restart them one after another; then exchange the two, and restart them one after another once more.
BATON_PEPPER stays as it is.`);
    return false;
  }
  const behind = await countBehind(client);
  if (behind > 0)
    throw new StartProblem(
      `${behind === 1 ? "One connection" : `${behind} connections`} to the database ${behind === 1 ? "is" : "are"} of processes that don’t know this BATON_KEY: they couldn’t open what it wraps. Restart app and worker with it, then run this again.`,
    );
  return true;
}

/** How many connections are of processes that don't have the current key in their ring: each of them names its keys. */
async function countBehind(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name ~ '^baton keys [0-9a-f,]+$' and position($1 in application_name) = 0`,
    [keyIdOf(env().BATON_KEY).toString("hex")],
  );
  return rows[0]?.count ?? 0;
}

async function dropOld(client: pg.Client): Promise<void> {
  const counted = await countByAnotherKey(client, keys());
  const left = sum(counted, "left");
  if (left > 0) {
    report(counted);
    throw new StartProblem("The older key is still needed. Run first: npm run baton -- keys rotate");
  }
  const file = env().BATON_KEY_FILE;
  if (!file) {
    say(
      env().BATON_KEY_OLD.length === 0
        ? "There is no older key: BATON_KEY_OLD is empty."
        : "Nothing in the database needs an older key. Where app and worker have run with the new BATON_KEY for an hour, take BATON_KEY_OLD out of their environment and restart them.",
    );
    say("Backups made before need the older key: keep it with them.");
    return;
  }
  const secrets = await readSecrets(file);
  if (secrets.olderKeys.length === 0) return say(`There is no older key in ${file}.`);
  const settled = new Date(secrets.rotatedAt ?? 0).getTime() + settlingMinutes * 60_000;
  if (Date.now() < settled)
    throw new StartProblem(
      `What was being written when the key was replaced may still need the older one. Run this again after ${new Date(settled).toISOString()}.`,
    );
  await writeJson(file, { ...secrets, olderKeys: [] });
  say(`The older key is gone from ${file}. Backups made before can’t be read without it.`);
}

const sum = (list: readonly Rewrapped[], of: "left" | "closed") => list.reduce((total, one) => total + one[of], 0);

function report(list: readonly Rewrapped[]): void {
  const count = (n: number) => n.toLocaleString("en-US");
  for (const { what, anew, left, closed } of list) {
    if (anew + left === 0) continue;
    const open = closed > 0 ? `, of which ${count(closed)} can’t be opened` : "";
    say(`  ${what.padEnd(30)}${count(anew)} wrapped anew, ${count(left)} left${open}`);
  }
}
