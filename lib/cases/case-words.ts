/** The closed lists of a case, in their order, with their names on screen. */

export const caseStatuses = ["open", "monitoring", "closed"] as const;
export type CaseStatus = (typeof caseStatuses)[number];
export const caseStatusNames: Record<CaseStatus, string> = { open: "Open", monitoring: "Monitoring", closed: "Closed" };

/** Level of concern, lowest first; its place in the list is the number of bars less one. */
export const caseLevels = ["low", "moderate", "high", "imminent"] as const;
export type CaseLevel = (typeof caseLevels)[number];
export const caseLevelNames: Record<CaseLevel, string> = {
  low: "Low",
  moderate: "Moderate",
  high: "High",
  imminent: "Imminent",
};
