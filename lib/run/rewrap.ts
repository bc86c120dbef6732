import type pg from "pg";
import { SealError } from "@/lib/storage/aes-gcm";
import type { Keys } from "@/lib/storage/keys";
import { everythingWrapped, type Wrapped } from "./wrapped";

/** How a kind of wrapped value stands: how many were wrapped anew, how many are left by another key, and of these how many can't be opened. */
export type Rewrapped = { what: string; anew: number; left: number; closed: number };

const batchRows = 500;
const passes = 5;

/** A value that isn't wrapped by the current key ($1). One that was wiped is empty. */
const byAnother = (one: Wrapped) => `length(t.${one.column}) > 0 and substring(t.${one.column} from 2 for 4) <> $1`;

/** How many values of each kind are wrapped by another key than the current one. As the owner, who sees all districts' rows. */
export async function countByAnotherKey(client: pg.Client, keys: Keys): Promise<Rewrapped[]> {
  const counted: Rewrapped[] = [];
  for (const one of everythingWrapped) {
    // A handful of statements, one for each column there is; none of them for a row.
    const { rows } = await client.query<{ left: number }>(
      `select count(*)::int as left from ${one.table} t where ${byAnother(one)}`,
      [keys.currentKeyId()],
    );
    counted.push({ what: one.what, anew: 0, left: rows[0]?.left ?? 0, closed: 0 });
  }
  return counted;
}

/**
 * Wraps everything anew that isn't wrapped by the current key, beside whatever runs: in batches, each a statement and a transaction of its
 * own. It never waits for a row that somebody else holds and never writes over what somebody else changed meanwhile; such rows are taken up
 * once more at the end. Broken off, it goes on when it's called again. `keys` is asked anew for each batch: the ring may change.
 */
export async function rewrapAll(client: pg.Client, keys: () => Keys): Promise<Rewrapped[]> {
  const done: Rewrapped[] = [];
  for (const one of everythingWrapped) {
    let anew = 0;
    let closed = 0;
    for (let pass = 0; pass < passes; pass++) {
      const seen = await rewrapOnce(client, keys, one);
      anew += seen.anew;
      closed = seen.closed;
      if (seen.passedOver === 0) break;
    }
    done.push({ what: one.what, anew, left: 0, closed });
  }
  const left = await countByAnotherKey(client, keys());
  return done.map((one, i) => ({ ...one, left: left[i]?.left ?? 0 }));
}

type Row = { ids: string[]; more: string | null; blob: Buffer };

async function rewrapOnce(client: pg.Client, keys: () => Keys, one: Wrapped) {
  const ids = one.ids.map((name) => `t.${name}`);
  const casts = ids.map((_, i) => `$${i + 2}::uuid`);
  const next = `
    select array[${ids.map((id) => `${id}::text`).join(", ")}] as ids, ${one.more ?? "null"} as more, t.${one.column} as blob
    from ${one.table} t where ${byAnother(one)} and (${ids.join(", ")}) > (${casts.join(", ")})
    order by ${ids.join(", ")} limit ${batchRows}`;
  let after: string[] = one.ids.map(() => "00000000-0000-0000-0000-000000000000");
  const total = { anew: 0, closed: 0, passedOver: 0 };
  for (;;) {
    const ring = keys();
    const { rows } = await client.query<Row>(next, [ring.currentKeyId(), ...after]);
    const last = rows.at(-1);
    if (!last) return total;
    after = last.ids;
    const opened = rows.flatMap((row) => {
      const anew = open(ring, one, row);
      return anew ? [{ ...row, anew }] : [];
    });
    const written = await write(client, one, opened);
    total.anew += written;
    total.closed += rows.length - opened.length;
    total.passedOver += opened.length - written;
  }
}

/** Null for what no key of the ring opens: it's counted, and the others go on. */
function open(ring: Keys, one: Wrapped, row: Row): Buffer | null {
  try {
    return one.anew(ring, row.blob, row);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

async function write(client: pg.Client, one: Wrapped, rows: readonly (Row & { anew: Buffer })[]): Promise<number> {
  if (rows.length === 0) return 0;
  const names = one.ids.map((_, i) => `id${i}`);
  const arrays = names.map((_, i) => `$${i + 3}::uuid[]`);
  const same = (of: string) => one.ids.map((id, i) => `t.${id} = ${of}.id${i}`).join(" and ");
  const { rowCount } = await client.query(
    `with x as (select * from unnest($1::bytea[], $2::bytea[], ${arrays.join(", ")}) x (before, anew, ${names.join(", ")})),
       held as (
         select x.* from ${one.table} t join x on ${same("x")} and t.${one.column} = x.before for no key update of t skip locked)
     update ${one.table} t set ${one.column} = held.anew from held where ${same("held")}`,
    [rows.map((row) => row.blob), rows.map((row) => row.anew), ...one.ids.map((_, i) => rows.map((row) => row.ids[i]))],
  );
  return rowCount ?? 0;
}
