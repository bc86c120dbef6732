import { expect, test } from "vitest";
import { systemJobs, systemSignIn } from "@/lib/db/system";
import { withDistrict, withDistrictPatiently } from "@/lib/db/tenant";
import { makeTenant } from "../../support/make-tenant";

const { actor } = (await makeTenant()).admin;
const shown = (tx: { $queryRaw: <T>(text: TemplateStringsArray) => Promise<T> }) =>
  tx.$queryRaw<{ statement_timeout: string }[]>`show statement_timeout`.then(([row]) => row?.statement_timeout);

test("behind every door a statement is ended when its transaction's time is up", async () => {
  expect(await withDistrict(actor, shown)).toBe("30s");
  expect(await systemSignIn(shown)).toBe("30s");
  expect(await systemJobs(shown)).toBe("30s");
  expect(await withDistrictPatiently(actor, shown)).toBe("30min");
});
