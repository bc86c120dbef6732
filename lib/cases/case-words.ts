/** The closed lists of a case, in their order. */

export const caseStatuses = ["open", "monitoring", "closed"] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Level of concern, lowest first; its place in the list is the number of bars less one. */
export const caseLevels = ["low", "moderate", "high", "imminent"] as const;
export type CaseLevel = (typeof caseLevels)[number];
