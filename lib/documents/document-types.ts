/** The kinds of documents, in the order in which they're offered; the same words stand in the table's check. */
export const documentTypes = [
  "iep",
  "evaluation",
  "plan504",
  "bip",
  "fba",
  "progress",
  "health",
  "transcript",
  "consent",
  "other",
] as const;
export type DocumentType = (typeof documentTypes)[number];

/** Their names on screen. */
export const documentTypeNames: Record<DocumentType, string> = {
  iep: "IEP",
  evaluation: "Evaluation",
  plan504: "504 plan",
  bip: "BIP",
  fba: "FBA",
  progress: "Progress report",
  health: "Health record",
  transcript: "Transcript",
  consent: "Consent",
  other: "Other",
};
