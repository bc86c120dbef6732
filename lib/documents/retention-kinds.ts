import { type DocumentType, documentTypeNames, documentTypes } from "@/lib/documents/document-types";

/** The kinds of records that a retention rule is made for, in the order in which they're shown; the same words stand in the tables' checks. */
export const retentionKinds = ["case", ...documentTypes] as const;
export type RetentionKind = "case" | DocumentType;

/** Their names on screen. */
export const retentionKindNames: Record<RetentionKind, string> = { case: "Closed case", ...documentTypeNames };

/** What the years are counted from: a document's date, the day when the student left, the day when the case was closed. */
export const countedFroms = ["date", "leaving", "closing"] as const;
export type CountedFrom = (typeof countedFroms)[number];

/** How many records go into one proposal. */
export const mostRecords = 500;
