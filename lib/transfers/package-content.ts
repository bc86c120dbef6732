import { z } from "zod";
import { documentTypes } from "@/lib/documents/document-types";

/**
 * What travels, sealed: a package is item 0 (the cover: notes and who sent it) and an item per case or document. The receiver reads it with this
 * schema, so that a defect on one side can't put something else into the other's tables. Times are ISO 8601 in UTC, days YYYY-MM-DD.
 */
export const packageVersion = 1;

const day = z.iso.date().nullable();

export const coverSchema = z.object({
  notes: z.string(),
  sentBy: z.string(),
  sentByEmail: z.string(),
});
export type Cover = z.infer<typeof coverSchema>;

export const caseContentSchema = z.object({
  /** The id of the first original, however often the case was sent on: tells that a case was received before. */
  originCaseId: z.uuid(),
  number: z.string(),
  person: z.object({
    given: z.string(),
    middle: z.string().nullable(),
    family: z.string(),
    preferred: z.string().nullable(),
    birthDate: day,
    stateId: z.string().nullable(),
    grade: z.string().nullable(),
    onRoster: z.boolean(),
  }),
  building: z.string().nullable(),
  team: z.string().nullable(),
  teamLeader: z.string().nullable(),
  manager: z.string().nullable(),
  assigned: z.array(z.string()),
  status: z.enum(["open", "monitoring", "closed"]),
  level: z.enum(["low", "moderate", "high", "imminent"]),
  openedAt: z.iso.datetime({ offset: true }),
  notes: z.array(z.object({ author: z.string(), writtenAt: z.iso.datetime({ offset: true }), body: z.string() })),
  strategies: z.array(z.object({ text: z.string(), startedOn: day, endedOn: day, outcome: z.string().nullable() })),
  tasks: z.array(
    z.object({
      text: z.string(),
      assignee: z.string().nullable(),
      dueOn: day,
      doneAt: z.iso.datetime({ offset: true }).nullable(),
    }),
  ),
  /** `file` is the number of the package's file, `note` the index of the note it belongs to. */
  attachments: z.array(
    z.object({
      file: z.number().int(),
      name: z.string(),
      addedBy: z.string(),
      addedAt: z.iso.datetime({ offset: true }),
      note: z.number().int().nullable(),
    }),
  ),
});
export type CaseContent = z.infer<typeof caseContentSchema>;

/** Item 0 of a document package: whom it's about, as the sender's roster has them, and what the sender typed. */
export const documentCoverSchema = coverSchema.extend({
  identity: z.object({
    given: z.string(),
    middle: z.string().nullable(),
    family: z.string(),
    preferred: z.string().nullable(),
    birthDate: day,
    stateId: z.string().nullable(),
    grade: z.string().nullable(),
    /** Whether the sender's roster has somebody else of that birth date and family name. */
    twin: z.boolean(),
  }),
  /** The student's ID and the new owner (e-mail or username) in the receiving district, as typed. */
  sisId: z.string(),
  owner: z.string(),
});
export type DocumentCover = z.infer<typeof documentCoverSchema>;

export const documentContentSchema = z.object({
  title: z.string().min(1).max(255),
  type: z.enum(documentTypes),
  datedOn: day,
  /** The number of the package's file. */
  file: z.number().int(),
});
export type DocumentContent = z.infer<typeof documentContentSchema>;
