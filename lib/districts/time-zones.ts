/** The time zones of the United States and its territories, as IANA names, with the words on screen. */
export const timeZones: Readonly<Record<string, string>> = {
  "America/New_York": "Eastern",
  "America/Chicago": "Central",
  "America/Denver": "Mountain",
  "America/Phoenix": "Mountain, no daylight time (Arizona)",
  "America/Los_Angeles": "Pacific",
  "America/Anchorage": "Alaska",
  "America/Adak": "Hawaii–Aleutian, with daylight time (Adak)",
  "Pacific/Honolulu": "Hawaii",
  "America/Puerto_Rico": "Atlantic (Puerto Rico, U.S. Virgin Islands)",
  "Pacific/Guam": "Chamorro (Guam, Northern Mariana Islands)",
  "Pacific/Pago_Pago": "Samoa (American Samoa)",
};

/** Whether the name is one of the list. */
export function isTimeZone(name: string): boolean {
  return Object.hasOwn(timeZones, name);
}
