import { z } from "zod";
import { type Permission, permissions, presets } from "@/lib/policy";

const presetNames = Object.keys(presets) as [keyof typeof presets];

/** Permissions as the form sends them: a preset by name, or `own` with the ticked ones. */
export const permissionFields = {
  preset: z.enum([...presetNames, "own"], "Choose what this person may do."),
  permissions: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.enum(permissions, "Choose from the list.")),
  ),
};

/** The permissions that were chosen. */
export function chosenPermissions(input: {
  preset: keyof typeof presets | "own";
  permissions: Permission[];
}): readonly Permission[] {
  return input.preset === "own" ? input.permissions : presets[input.preset];
}
