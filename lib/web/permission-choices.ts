import { type Permission, permissionNames, permissions, presets } from "@/lib/policy";

const what: Record<Permission, string> = {
  manageCases: "All cases of the district; the switch for case transfers; sending and accepting.",
  manageDocuments: "Students’ documents and their transfers.",
  manageDistrict: "Users, settings, buildings and teams.",
  purge: "Destroying records for good.",
};

/** The four permissions with a line each, and the presets with what they hold, for the forms. */
export const permissionChoices = permissions.map((value) => ({
  value,
  label: permissionNames[value],
  hint: what[value],
}));
export const presetChoices = Object.entries(presets).map(([name, list]) => ({
  name,
  hint:
    list.length > 0 ? list.map((one) => permissionNames[one]).join(", ") : "Only the cases that they are assigned to",
}));

/** What a set of permissions is called: its preset, or its permissions one by one. */
export function permissionWords(user: { preset: string | null; permissions: readonly Permission[] }): string {
  return user.preset ?? user.permissions.map((one) => permissionNames[one]).join(", ");
}
