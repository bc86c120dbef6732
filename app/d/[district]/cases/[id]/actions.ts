"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { addNote } from "@/lib/cases/add-note";
import { addStrategy } from "@/lib/cases/add-strategy";
import { addTask } from "@/lib/cases/add-task";
import { changePerson } from "@/lib/cases/change-person";
import { editCase } from "@/lib/cases/edit-case";
import { editStrategy } from "@/lib/cases/edit-strategy";
import { editTask } from "@/lib/cases/edit-task";
import { removeAttachment } from "@/lib/cases/remove-attachment";
import { tickTask } from "@/lib/cases/tick-task";
import { DomainError } from "@/lib/errors";
import { districtAction } from "@/lib/web/action";
import { id, optional, optionalDay, optionalId, required, text, tick } from "@/lib/web/forms";
import { demandNames, factsFields, personFields } from "../facts-schema";

/** Where somebody was faster, the page behind the form is read anew, so that it shows what they made of it and can be saved over. */
async function orFresh(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError && error.kind === "changed-meanwhile") refresh();
    throw error;
  }
}

const version = z.coerce.number().int().min(1).max(2_147_483_647);
const caseId = id();

export const editCaseAction = districtAction(
  { needs: "manageCases", schema: z.object({ caseId, version, ...factsFields }) },
  async ({ doors, actor, district }, { caseId: id, ...input }) => {
    await orFresh(doors.district((tx) => editCase(tx, actor, { id, ...input })));
    return { redirect: `/d/${district.slug}/cases/${id}` };
  },
);

const person = z
  .object({
    caseId,
    version,
    how: z.enum(["student", "correct", "another"], "Choose what changes."),
    studentId: optionalId,
    ...personFields,
  })
  .superRefine((input, context) => {
    if (input.how !== "student") demandNames(input, context);
    else if (!input.studentId)
      context.addIssue({ code: "custom", path: ["studentId"], message: "Choose the student." });
  });

export const changePersonAction = districtAction(
  { needs: "manageCases", schema: person },
  async ({ doors, actor, district }, input) => {
    const { givenName, familyName, birthDate, grade, studentId, how } = input;
    const written = { givenName, familyName, birthDate, grade };
    const who =
      how === "student" && studentId ? { studentId } : how === "correct" ? { correct: written } : { person: written };
    await orFresh(doors.district((tx) => changePerson(tx, actor, { id: input.caseId, version: input.version, who })));
    return { redirect: `/d/${district.slug}/cases/${input.caseId}` };
  },
);

export const addNoteAction = districtAction(
  {
    needs: "member",
    schema: z.object({ caseId, noteId: id(), body: required(10_000, "Type the note.") }),
  },
  async ({ doors, actor, district }, input) => {
    await doors.district((tx) => addNote(tx, actor, { id: input.noteId, caseId: input.caseId, body: input.body }));
    return { redirect: `/d/${district.slug}/cases/${input.caseId}` };
  },
);

const row = { caseId, newId: optionalId, mark: text(20) };
const strategy = z
  .object({
    ...row,
    strategyId: optionalId,
    text: required(1_000, "Type the strategy."),
    startedOn: optionalDay,
    endedOn: optionalDay,
    outcome: optional(500),
  })
  .refine((input) => !input.startedOn || !input.endedOn || input.endedOn >= input.startedOn, {
    path: ["endedOn"],
    message: "It can’t have ended before it began. Check both days.",
  });

/** Adds a strategy, or saves the one that the form was open for. */
export const saveStrategyAction = districtAction(
  { needs: "manageCases", schema: strategy },
  async ({ doors, actor, district }, input) => {
    const { caseId: ofCase, strategyId, newId, mark, ...fields } = input;
    const save = doors.district(async (tx) => {
      if (strategyId) await editStrategy(tx, actor, { ...fields, id: strategyId, caseId: ofCase, mark });
      else await addStrategy(tx, actor, { ...fields, id: newId ?? crypto.randomUUID(), caseId: ofCase });
    });
    await orFresh(save);
    return { redirect: `/d/${district.slug}/cases/${ofCase}/plan` };
  },
);

const task = z.object({
  ...row,
  taskId: optionalId,
  text: required(1_000, "Type the task."),
  assigneeId: optionalId,
  dueOn: optionalDay,
});

/** Adds a task, or saves the one that the form was open for. */
export const saveTaskAction = districtAction(
  { needs: "manageCases", schema: task },
  async ({ doors, actor, district }, input) => {
    const { caseId: ofCase, taskId, newId, mark, ...fields } = input;
    const save = doors.district(async (tx) => {
      if (taskId) await editTask(tx, actor, { ...fields, id: taskId, caseId: ofCase, mark });
      else await addTask(tx, actor, { ...fields, id: newId ?? crypto.randomUUID(), caseId: ofCase });
    });
    await orFresh(save);
    return { redirect: `/d/${district.slug}/cases/${ofCase}/plan` };
  },
);

export const tickTaskAction = districtAction(
  { needs: "member", schema: z.object({ caseId, taskId: id(), done: tick }) },
  async ({ doors, actor }, input) => {
    await doors.district((tx) => tickTask(tx, actor, { id: input.taskId, caseId: input.caseId, done: input.done }));
    refresh();
    return { message: input.done ? "Marked as done" : "Open again" };
  },
);

export const removeAttachmentAction = districtAction(
  { needs: "member", schema: z.object({ caseId, attachmentId: id() }) },
  async ({ doors, district }, input) => {
    await removeAttachment(doors, { caseId: input.caseId, id: input.attachmentId });
    return { redirect: `/d/${district.slug}/cases/${input.caseId}` };
  },
);
