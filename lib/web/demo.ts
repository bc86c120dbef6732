/** The demo's sign-ins (fictional districts, no real person), shown on the sign-in page in the demo alone. */
export const demoPassword = "baton-demo-2026";
export const demoDistricts = [
  { name: "Lakeview ISD", domain: "lakeview.example" },
  { name: "Riverbend USD", domain: "riverbend.example" },
  { name: "Maple Grove Schools", domain: "maple-grove.example" },
] as const;
export const demoRoles = [
  { local: "admin", what: "District admin, may purge" },
  { local: "manager", what: "Case manager, may purge" },
  { local: "clerk", what: "Records clerk, may purge" },
  { local: "staff", what: "Staff" },
] as const;

/** The e-mail if it's one of the demo's sign-ins, else null. */
export function demoSignIn(email: unknown): string | null {
  const known = demoDistricts.flatMap(({ domain }) => demoRoles.map(({ local }) => `${local}@${domain}`));
  return known.find((one) => one === email) ?? null;
}
