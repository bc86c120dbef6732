"use server";

import { z } from "zod";
import type { HeldSearched } from "@/components/transfers/link-form";
import {
  recallDocuments,
  releaseDocuments,
  reportDocuments,
  returnDocuments,
  withdrawDocuments,
} from "@/lib/transfers/decide-documents";
import { linkDocuments } from "@/lib/transfers/deliver-documents";
import { getHeld } from "@/lib/transfers/get-held";
import { purgeTransfer } from "@/lib/transfers/purge-transfer";
import { redoTransfer } from "@/lib/transfers/redo-transfer";
import { districtAction } from "@/lib/web/action";
import { id, optionalId, required, text } from "@/lib/web/forms";
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
      reason: required(1_000, "Say why: both districts read it."),
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
    owner: optionalId,
    q: text(200),
  })
  .transform((typed, context) => {
    const { studentId, owner } = typed;
    if (typed.do === "search") return { ...typed, do: "search" as const };
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (!studentId) wrong("q", "Choose the student, or search for one.");
    if (!owner) wrong("owner", "Choose who owns the documents in your district.");
    return studentId && owner ? { ...typed, do: "link" as const, studentId, owner } : z.NEVER;
  });

/** **Link and deliver**. Posted by Search it answers with students. */
export const linkAction = districtAction({ needs, schema: linkSchema }, async ({ doors, district }, input) => {
  const { transfer: transferId } = input;
  const page = documentsPath(district.slug, transferId);
  if (input.do === "search") {
    const held = await getHeld(doors, { transferId, q: input.q });
    if (!held) return { redirect: page };
    const typed = { studentId: input.studentId ?? "", owner: input.owner ?? "" };
    return { data: { q: input.q, hits: held.hits ?? [], typed } satisfies HeldSearched };
  }
  await linkDocuments(doors, { transferId, studentId: input.studentId, ownerId: input.owner });
  return { redirect: `${page}?result=delivered` };
});
