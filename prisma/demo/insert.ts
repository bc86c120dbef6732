import type pg from "pg";

/** Inserts rows with one statement. Their keys are the columns, the same in all of them; bytes are given as `\x…`. */
export async function insertRows(
  client: pg.Client,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first).join(", ");
  // Table and columns are names of this folder's own; the values are a parameter.
  await client.query(
    `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

export const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString("hex")}`;
