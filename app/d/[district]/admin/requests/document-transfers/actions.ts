"use server";

import { z } from "zod";
import type { HeldSearched } from "@/components/transfers/link-form";
import { addNotice } from "@/lib/transfers/add-notice";
import {
  recallDocuments,
  releaseDocuments,
  reportDocuments,
  returnDocuments,
  withdrawDocuments,
} from "@/lib/transfers/decide-documents";
import { linkDocuments } from "@/lib/transfers/deliver-documents";
import { purgeTransfer } from "@/lib/transfers/purge-transfer";
import { redoTransfer } from "@/lib/transfers/redo-transfer";
import { findCompared, searchRoster } from "@/lib/transfers/search-roster";
import { districtAction } from "@/lib/web/action";
import { noticeSchema } from "@/lib/web/basis-fields";
import { id, ids, optionalId, required, text } from "@/lib/web/forms";
import { documentsPath } from "./paths";

const needs = "manageDocuments";

const verbs = {
  return: { act: returnDocuments, result: "returned" },
  report: { act: reportDocuments, result: "reported" },
  recall: { act: recallDocuments, result: "recalled" },
  withdraw: { act: withdrawDocuments, result: "withdrawn" },
  release: { act: releaseDocuments, result: "released" },
} as const;

/** A step that needs a reason. */
export const reasonAction = districtAction(
  {
    needs,
    schema: z.object({
      transfer: id(),
      verb: z.enum(["return", "report", "recall", "withdraw", "release"]),
      reason: required(1_000, "Say why: the other district reads it."),
    }),
  },
  async ({ doors, district }, { transfer, verb, reason }) => {
    const { act, result } = verbs[verb];
    await act(doors, { transferId: transfer, reason });
    return { redirect: `${documentsPath(district.slug, transfer)}?result=${result}` };
  },
);

/** Destroys what came with a transfer and is in quarantine. */
export const purgeAction = districtAction(
  {
    needs: "purge",
    fresh: true,
    schema: z.object({
      transfer: id(),
      reason: required(1_000, "Say why: the certificate keeps it."),
      confirm: text(40),
    }),
  },
  async ({ doors, district }, { transfer, reason, confirm }) => {
    await purgeTransfer(doors, { transferId: transfer, reason, confirm });
    return { redirect: `${documentsPath(district.slug, transfer)}?result=purged` };
  },
);

/** Drafts a reported transfer once more and goes on to its form. */
export const redoAction = districtAction(
  { needs, schema: z.object({ transfer: id() }) },
  async ({ doors, actor, district }, { transfer }) => {
    const { studentId, dispatchId } = await doors.district((tx) => redoTransfer(tx, actor, { transferId: transfer }));
    return { redirect: `/d/${district.slug}/students/${studentId}/share/${dispatchId}` };
  },
);

const linkSchema = z
  .object({
    transfer: id(),
    do: z.enum(["search", "link"]).default("link"),
    studentId: optionalId,
    /** The students who are the same although something differs. */
    same: ids(50),
    owner: optionalId,
    q: text(200),
  })
  .superRefine((typed, context) => {
    if (typed.do === "search") return;
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (!typed.studentId) wrong("q", "Choose the student, or search for one.");
    if (!typed.owner) wrong("owner", "Choose who owns the documents in your district.");
  });

/** **Link and deliver**. Posted without script by Search it answers with students. */
export const linkAction = districtAction({ needs, schema: linkSchema }, async ({ doors, district }, input) => {
  const { transfer: transferId, studentId, owner, q } = input;
  const sameStudent = studentId !== null && input.same.includes(studentId);
  if (input.do === "search" || !studentId || !owner) {
    const sent = { transferId, n: null };
    const kept = studentId ? await findCompared(doors, sent, studentId) : null;
    const found = q ? { q, hits: await searchRoster(doors, sent, q) } : null;
    const typed = { studentId: studentId ?? "", owner: owner ?? "", same: sameStudent };
    return { data: { found, kept, typed } satisfies HeldSearched };
  }
  await linkDocuments(doors, { transferId, studentId, ownerId: owner, sameStudent });
  return { redirect: `${documentsPath(district.slug, transferId)}?result=delivered` };
});

/** Records the parent notice of a transfer that was sent without one. */
export const noticeAction = districtAction(
  { needs, schema: noticeSchema },
  async ({ doors, actor, district }, { transfer: transferId, ...notice }) => {
    await doors.district((tx) => addNotice(tx, actor, { ...notice, transferId, kind: "documents" }));
    return { redirect: documentsPath(district.slug, transferId) };
  },
);
