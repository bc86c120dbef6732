import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { Actor } from "@/lib/policy";
import { testDatabase } from "../../support/database";

/** Where the app stands when it asks: in nothing, in a district, as somebody of it, with the exchange's door open for a transfer. */
export type Standing = { district?: string; actor?: Actor; transfer?: string };
export type Answer = { rows: Record<string, unknown>[]; count: number | null; code: string | null };

/**
 * Asks the database what the app could ask it if all of its own doors were forgotten: by the app's login, with the settings that the
 * doors would make, in a transaction that is rolled back. Gives the last statement's rows and count, or the error's code.
 */
export function connectAsApp(): (
  where: Standing | null,
  ...statements: (string | [string, unknown[]])[]
) => Promise<Answer> {
  const app = new pg.Client({ connectionString: testDatabase().databaseUrl });
  beforeAll(() => app.connect());
  afterAll(() => app.end());
  return async (where, ...statements) => {
    const { actor, district = actor?.districtId, transfer } = where ?? {};
    await app.query("begin");
    try {
      const settings = {
        district_id: district,
        membership_id: actor?.membershipId,
        user_id: actor?.userId,
        transfer_id: transfer,
      };
      for (const [name, value] of Object.entries(settings))
        if (value !== undefined) await app.query("select set_config($1, $2, true)", [`app.${name}`, value]);
      const answer: Answer = { rows: [], count: null, code: null };
      for (const statement of statements) {
        const [text, values] = typeof statement === "string" ? [statement, []] : statement;
        const { rows, rowCount } = await app.query(text, values);
        Object.assign(answer, { rows, count: rowCount });
      }
      return answer;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      return { rows: [], count: null, code: error.code ?? "" };
    } finally {
      await app.query("rollback");
    }
  };
}
