import pino, { type LoggerOptions } from "pino";
import { logLevel } from "@/lib/env";

/** How the log writes; apart from `log` so that a test can look at what comes out. */
export const logOptions: LoggerOptions = {
  base: null,
  level: logLevel(),
  serializers: { err: describeError },
  hooks: {
    // Without a sentence of its own, pino would take the error's message for it.
    logMethod(args, method) {
      const [first] = args as unknown[];
      const bare = args.length === 1 && (first instanceof Error || (first as { err?: unknown })?.err instanceof Error);
      method.apply(this, bare ? [first as object, "error"] : args);
    },
  },
};

/**
 * The log. Hand it ids only: no names, titles, codes, addresses.
 * Of an error it writes what kind it was and where, not its message, because messages of the database quote values.
 */
export const log = pino(logOptions);

function describeError(error: unknown): unknown {
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
