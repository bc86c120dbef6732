import { z } from "zod";
import { type BasisStatement, noticeKinds, noticeMethods } from "@/lib/disclosures/state-basis";
import { laterNotices } from "@/lib/transfers/add-notice";
import { id, optional, pastDay, text } from "@/lib/web/forms";

const oneOf = <T extends string>(list: readonly T[]) =>
  z.preprocess((value) => value || null, z.enum(list, { error: "Choose one of the list." }).nullable());

const noticeDay = pastDay("The day on which the parents were told lies in the future. Check the date.");

/** What stands behind the legal basis, as components/transfers/legal-basis-fields.tsx sends it: to be spread into a form's schema. */
export const basisFields = {
  consentOn: pastDay("The day of the consent lies in the future. Check the date."),
  threat: text(2_000),
  notice: oneOf(noticeKinds),
  noticeOn: noticeDay,
  noticeMethod: oneOf(noticeMethods),
  noticeBy: optional(200),
};

/** A parent notice that is recorded later, as components/transfers/notice-dialog.tsx sends it. */
export const noticeSchema = z
  .object({
    transfer: id(),
    notice: z.enum(laterNotices, { error: "Choose one of the list." }),
    noticeOn: noticeDay,
    noticeMethod: oneOf(noticeMethods),
    noticeBy: optional(200),
  })
  .refine(({ notice, noticeOn }) => notice !== "told" || noticeOn !== null, {
    path: ["noticeOn"],
    error: "Type the day on which the parents were told.",
  });

type Typed = {
  consentOn: string | null;
  threat: string;
  notice: BasisStatement["notice"];
  noticeOn: string | null;
  noticeMethod: BasisStatement["noticeMethod"];
  noticeBy: string | null;
};

/** What is missing beside the chosen basis: field and sentence. */
export function basisProblems(basis: string, typed: Typed): [field: keyof Typed, sentence: string][] {
  if (basis === "consent" && !typed.consentOn) return [["consentOn", "Type the day on which the consent was signed."]];
  if (basis === "emergency" && !typed.threat)
    return [["threat", "Say what the threat is and to whom. The disclosure record must hold it."]];
  if (basis === "enrollment" && typed.notice === "told" && !typed.noticeOn)
    return [["noticeOn", "Type the day on which the parents were told."]];
  return [];
}

/** What was stated for the chosen basis; what was typed for another one, before it was changed, falls away. */
export function statementOf(basis: string, typed: Typed): BasisStatement {
  const told = basis === "enrollment" && typed.notice === "told";
  return {
    threat: basis === "emergency" ? typed.threat || null : null,
    consentOn: basis === "consent" ? typed.consentOn : null,
    notice: basis === "enrollment" ? typed.notice : null,
    noticeOn: told ? typed.noticeOn : null,
    noticeMethod: told ? typed.noticeMethod : null,
    noticeBy: told ? typed.noticeBy : null,
  };
}

/** The typed fields as texts, for a form that is drawn again from what was posted. */
export function typedBasis(typed: Typed): Record<keyof Typed, string> {
  const { consentOn, threat, notice, noticeOn, noticeMethod, noticeBy } = typed;
  return {
    consentOn: consentOn ?? "",
    threat,
    notice: notice ?? "",
    noticeOn: noticeOn ?? "",
    noticeMethod: noticeMethod ?? "",
    noticeBy: noticeBy ?? "",
  };
}
