import pino from "pino";
import { logLevel } from "@/lib/env";

/**
 * The log. Hand it ids only: no names, titles, codes, addresses.
 * Of an error it writes what kind it was and where, not its message, because messages of the database quote values.
 */
export const log = pino({ base: null, level: logLevel(), serializers: { err: describeError } });

/** What the log says of an error: its kind, code, place, and the same of what caused it. */
export function describeError(error: unknown): unknown {
  return describe(error, 3);
}

function describe(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, kind, cause } = error as Error & Record<string, unknown>;
  return {
    type: error.name,
    ...textOnly({ code, constraint, table, kind }),
    at: error.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim())
      .slice(0, 12),
    ...(cause !== undefined && depth > 0 ? { cause: describe(cause, depth - 1) } : {}),
  };
}

function textOnly(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
