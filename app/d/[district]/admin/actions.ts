"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { hideSetup } from "@/lib/districts/get-setup";
import { districtAction } from "@/lib/web/action";

/** Puts the list of what a new district needs away. */
export const hideSetupAction = districtAction(
  { needs: "manageDistrict", schema: z.object({}) },
  async ({ doors, actor }) => {
    await doors.district((tx) => hideSetup(tx, actor));
    refresh();
    return undefined;
  },
);
