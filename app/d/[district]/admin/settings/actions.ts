"use server";

import { z } from "zod";
import { addBuilding } from "@/lib/districts/add-building";
import { addTeam } from "@/lib/districts/add-team";
import { changeTeam } from "@/lib/districts/change-team";
import { removeBuilding } from "@/lib/districts/remove-building";
import { removeTeam } from "@/lib/districts/remove-team";
import { renameBuilding } from "@/lib/districts/rename-building";
import { requireSecondFactor } from "@/lib/districts/require-second-factor";
import { saveCoordinator } from "@/lib/districts/save-coordinator";
import { saveSettings } from "@/lib/districts/save-settings";
import { countWaitingDocuments, switchDocumentTransfers } from "@/lib/districts/switch-document-transfers";
import { isTimeZone } from "@/lib/districts/time-zones";
import { districtAction } from "@/lib/web/action";
import { id, optional, optionalId, required, text, tick } from "@/lib/web/forms";

const needs = "manageDistrict";
const days = "Type a number of days from 1 to 90.";

export const saveSettingsAction = districtAction(
  {
    needs,
    schema: z.object({
      timeZone: text(64).pipe(z.string().refine(isTimeZone, "Choose a time zone of the list.")),
      expiryDays: text(10).pipe(
        z
          .string()
          .regex(/^\d{1,2}$/, days)
          .transform(Number)
          .pipe(z.int(days).min(1, days).max(90, days)),
      ),
    }),
  },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => saveSettings(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings?did=settings` };
  },
);

export const saveCoordinatorAction = districtAction(
  {
    needs,
    schema: z.object({
      name: optional(200),
      title: optional(200),
      email: text(254)
        .pipe(z.union([z.literal(""), z.email("Type an email address like name@district.example, or leave it empty.")]))
        .transform((typed) => typed || null),
      phone: optional(50),
      shown: tick,
    }),
  },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => saveCoordinator(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings?did=coordinator` };
  },
);

/** Disabling with transfers under way goes by a page that says how many will wait; `sure` comes from there. */
export const switchDocumentsAction = districtAction(
  { needs, schema: z.object({ off: tick, sure: tick }) },
  async ({ doors, actor, district }, { off, sure }) => {
    const settings = `/d/${district.slug}/admin/settings`;
    const switched = await doors.district(async (tx) => {
      if (off && !sure && (await countWaitingDocuments(tx, actor)) > 0) return null;
      return switchDocumentTransfers(tx, actor, { off });
    });
    if (!switched) return { redirect: `${settings}/documents-off` };
    return { redirect: `${settings}?did=${off ? "documents-off" : "documents-on"}` };
  },
);

export const requireSecondFactorAction = districtAction(
  { needs, fresh: true, schema: z.object({ on: tick }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => requireSecondFactor(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings?did=factor-${input.on ? "on" : "off"}` };
  },
);

const buildingName = required(200, "Type the building’s name.");

export const addBuildingAction = districtAction(
  { needs, schema: z.object({ name: buildingName }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => addBuilding(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings/buildings?did=added` };
  },
);

export const renameBuildingAction = districtAction(
  { needs, schema: z.object({ id: id(), name: buildingName }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => renameBuilding(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings/buildings?did=renamed` };
  },
);

export const removeBuildingAction = districtAction(
  { needs, schema: z.object({ id: id() }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => removeBuilding(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings/buildings?did=removed` };
  },
);

const teamFields = { name: required(200, "Type the team’s name."), leaderId: optionalId };

export const addTeamAction = districtAction(
  { needs, schema: z.object(teamFields) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => addTeam(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings/teams?did=added` };
  },
);

export const changeTeamAction = districtAction(
  { needs, schema: z.object({ id: id(), ...teamFields }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => changeTeam(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings/teams?did=changed` };
  },
);

export const removeTeamAction = districtAction(
  { needs, schema: z.object({ id: id() }) },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => removeTeam(tx, actor, input));
    return { redirect: `/d/${district.slug}/admin/settings/teams?did=removed` };
  },
);
