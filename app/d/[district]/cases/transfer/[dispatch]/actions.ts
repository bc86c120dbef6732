"use server";

import { z } from "zod";
import type { PostedChoice } from "@/components/transfers/posted-choice";
import { getSent } from "@/lib/transfers/get-sent";
import { sendCases } from "@/lib/transfers/send-cases";
import { districtAction } from "@/lib/web/action";
import { basisFields, basisProblems, statementOf, typedBasis } from "@/lib/web/basis-fields";
import { id, optional, pastDay, text } from "@/lib/web/forms";
import { drawsAgain, pickerDrawn, pickerFields } from "../../../directory/posted";

const bases = ["enrollment", "consent", "emergency"] as const;

const fields = z.object({
  dispatch: id(),
  ...pickerFields,
  spokeWith: optional(200),
  spokeOn: pastDay("The day of the call lies in the future. Check the date."),
  // Empty where a received case is among them: the form suggests nothing then.
  basis: z.enum(["", ...bases], { error: "Choose the legal basis." }),
  ...basisFields,
  notes: text(10_000, "The notes have more than 10,000 characters. Shorten them, or attach a file to a case."),
});

const schema = fields.transform(({ basis, ...typed }, context) => {
  if (drawsAgain(typed)) return { ...typed, do: "search" as const, basis };
  const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (!basis) wrong("basis", "Choose the legal basis for passing on what you received.");
  const problems = basisProblems(basis, typed);
  for (const [field, sentence] of problems) wrong(field, sentence);
  if (!basis || problems.length > 0) return z.NEVER;
  return { ...typed, do: "send" as const, basis };
});

/** Sends the dispatch; posted by Search or by a chip's cross it answers with what the form shows then (pages without script). */
export const sendAction = districtAction({ needs: "manageCases", schema }, async (place, input) => {
  const { doors, actor, district } = place;
  if (input.do === "search") {
    const typed = {
      notes: input.notes,
      basis: input.basis,
      spokeWith: input.spokeWith ?? "",
      spokeOn: input.spokeOn ?? "",
      ...typedBasis(input),
    };
    return { data: { ...(await pickerDrawn(place, input, "cases")), typed } satisfies PostedChoice };
  }
  const dispatchId = input.dispatch;
  const { transferIds } = await sendCases(doors, {
    dispatchId,
    receiverIds: input.districts,
    notes: input.notes,
    legalBasis: input.basis,
    statement: statementOf(input.basis, input),
    spokeWith: input.spokeWith,
    spokeOn: input.spokeOn,
  });
  const path = `/d/${district.slug}/cases/transfer/${dispatchId}/sent`;
  if (transferIds.length >= input.districts.length) return { redirect: path };
  // Where every case waits already there's no transfer; the next page says so.
  const { transfers } = await doors.district((tx) => getSent(tx, actor, { dispatchId }));
  const without = input.districts.filter((receiver) => !transfers.some((one) => one.to.id === receiver));
  return { redirect: without.length > 0 ? `${path}?without=${without.join("_")}` : path };
});
