"use server";

import { z } from "zod";
import { discardImport, requestApply } from "@/lib/roster/decide-import";
import { districtAction } from "@/lib/web/action";
import { id, tick } from "@/lib/web/forms";

const needs = "manageDistrict";
const oneImport = z.object({ import: id() });

export const applyImportAction = districtAction(
  { needs, schema: oneImport.extend({ confirmed: tick }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => requestApply(tx, actor, { importId: input.import, confirmed: input.confirmed }));
    return { redirect: `/d/${district.slug}/admin/roster/${input.import}` };
  },
);

export const discardImportAction = districtAction({ needs, schema: oneImport }, async ({ doors, district }, input) => {
  await discardImport(doors, { importId: input.import });
  return { redirect: `/d/${district.slug}/admin/roster?did=discarded` };
});
