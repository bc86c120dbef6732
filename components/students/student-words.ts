import type { DocumentType } from "@/lib/documents/document-types";

/** The names of the types of documents; lib/documents/document-types.ts says the same (a unit test compares). */
export const typeNames: Record<DocumentType, string> = {
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

/** For a select, in the order in which they're offered. */
export const typeOptions = (Object.keys(typeNames) as DocumentType[]).map((value) => ({
  value,
  label: typeNames[value],
}));

const guesses: readonly [RegExp, DocumentType][] = [
  [/\bieps?\b|individuali[sz]ed education/i, "iep"],
  [/\b504\b/, "plan504"],
  [/\bbip\b|behaviou?r (intervention|support) plan/i, "bip"],
  [/\bfba\b|functional behaviou?r/i, "fba"],
  [/evaluation|assessment|eligibility|psycho/i, "evaluation"],
  [/progress|report card/i, "progress"],
  [/health|medical|immuni[sz]ation|vaccin|nurse/i, "health"],
  [/transcript/i, "transcript"],
  [/consent|release of|permission/i, "consent"],
];

/** What kind of document a file's name speaks of. */
export const guessType = (name: string): DocumentType => guesses.find(([word]) => word.test(name))?.[1] ?? "other";

/** A disclosure's category as people read it: the types in "Documents: iep, evaluation (2)" become their names. */
export function categoryWords(category: string): string {
  const prefix = "Documents: ";
  if (!category.startsWith(prefix)) return category;
  const parts = category.slice(prefix.length).split(", ");
  return (
    prefix + parts.map((part) => part.replace(/^\w+/, (word) => typeNames[word as DocumentType] ?? word)).join(", ")
  );
}

/** The legal basis of a disclosure (34 CFR 99.31, 99.36). */
export const basisWords: Record<string, string> = {
  enrollment: "Enrollment there, 34 CFR 99.31(a)(2)",
  consent: "Written consent, 34 CFR 99.30",
  emergency: "Health or safety emergency, 34 CFR 99.36",
};

/** "1 document", "3 documents" */
export const documentsWord = (n: number): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? "document" : "documents"}`;

/** "1 case", "3 cases" */
export const casesWord = (n: number): string => `${n.toLocaleString("en-US")} ${n === 1 ? "case" : "cases"}`;
