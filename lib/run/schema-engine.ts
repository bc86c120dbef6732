import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type * as Engine from "@prisma/schema-engine-wasm";
import pg from "pg";
import { projectRoot } from "./root";

const ENGINE = "@prisma/schema-engine-wasm/schema_engine_bg";
/** Every table and enum is the engine's business. */
export const everything = { externalTables: [], externalEnums: [] };
/** Where the migrations lie. */
export const migrationsFolder = join(projectRoot, "prisma", "migrations");

/**
 * Runs `work` with Prisma's schema engine on a database. It is the engine of `prisma migrate` as WebAssembly, so that
 * nothing needs to be downloaded.
 */
export async function withSchemaEngine<T>(url: string, work: (engine: Engine.SchemaEngine) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on("error", () => undefined);
  try {
    return await runEngine(adapterOf(pool), work);
  } finally {
    await pool.end();
  }
}

/** The SQL that leads from one datamodel to another, without a database; empty when they are the same. */
export async function diffDatamodels(from: string, to: string): Promise<string> {
  const target = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const difference = { from: target(from), to: target(to), script: true, exitCode: null, filters: everything } as const;
  const { stdout } = await runEngine(noDatabase, (engine) => engine.diff(difference));
  return stdout?.includes("-- This is an empty migration.") ? "" : (stdout ?? "");
}

async function runEngine<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: Engine.SchemaEngine) => Promise<T>,
) {
  const { SchemaEngine } = await engineModule();
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bound);
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

/** The migrations folder as the engine wants it: every migration with its SQL. */
export async function readMigrations(folder = migrationsFolder): Promise<Engine.MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: await readFile(join(folder, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, path, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

/** Prisma's own adapter cuts a script at every semicolon, also inside a function's body; this one sends it whole. */
function adapterOf(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) throw error;
        const { code = "", severity = "ERROR", message, detail, column, hint } = error;
        throw new DriverAdapterError({ kind: "postgres", code, severity, message, detail, column, hint });
      }
    };
    return adapter;
  };
  return factory;
}

/** The engine asks a database for its version before anything else; this one has an answer and nothing more. */
const noDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: "postgres",
  adapterName: "none",
  connect: async () => answering,
  connectToShadowDb: async () => answering,
};
const answering: SqlDriverAdapter = {
  provider: "postgres",
  adapterName: "none",
  queryRaw: async () => ({
    columnNames: ["exists", "version", "numeric_version"],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, "PostgreSQL 18", 180000]],
  }),
  executeRaw: async () => 0,
  executeScript: async () => undefined,
  startTransaction: async () => Promise.reject(new Error("There is no database.")),
  getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
  dispose: async () => undefined,
};

type EngineModule = typeof Engine & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
};
let engineLoaded: Promise<EngineModule> | undefined;

function engineModule(): Promise<EngineModule> {
  engineLoaded ??= (async () => {
    const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as EngineModule;
    const file = join(dirname(createRequire(import.meta.url).resolve(ENGINE)), "schema_engine_bg.wasm");
    const { instance } = await WebAssembly.instantiate(await readFile(file), {
      "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return glue;
  })();
  return engineLoaded;
}
