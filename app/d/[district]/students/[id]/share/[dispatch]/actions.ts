"use server";

import { z } from "zod";
import type { PostedChoice } from "@/components/transfers/posted-choice";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { districtAction } from "@/lib/web/action";
import { basisFields, basisProblems, statementOf, typedBasis } from "@/lib/web/basis-fields";
import { id, ids, text } from "@/lib/web/forms";
import { drawsAgain, pickerDrawn, pickerFields } from "../../../../directory/posted";

const bases = ["enrollment", "consent", "emergency"] as const;

const fields = z.object({
  dispatch: id(),
  student: id(),
  ...pickerFields,
  document: ids(1_000),
  sisId: text(100),
  owner: text(320),
  basis: z.enum(["", ...bases], { error: "Choose the legal basis." }),
  ...basisFields,
  notes: text(10_000, "The notes have more than 10,000 characters. Shorten them, or add a document."),
});

const schema = fields.transform(({ basis, ...typed }, context) => {
  if (drawsAgain(typed)) return { ...typed, do: "search" as const, basis };
  const receiver = typed.districts.at(-1);
  const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (!receiver) wrong("districts", "Search for the district that the documents go to, and choose it.");
  if (!typed.sisId)
    wrong("sisId", "Type the student’s ID in the other district. Ask the district if you don’t know it.");
  if (!typed.owner) wrong("owner", "Type the email or username of the new owner in the other district.");
  if (!basis) wrong("basis", "Choose the legal basis for passing on what you received.");
  if (typed.document.length === 0) wrong("document", "Tick at least one document.");
  const problems = basisProblems(basis, typed);
  for (const [field, sentence] of problems) wrong(field, sentence);
  if (!receiver || !typed.sisId || !typed.owner || !basis || typed.document.length === 0 || problems.length > 0)
    return z.NEVER;
  return { ...typed, do: "send" as const, basis, receiver };
});

/** **Transfer Document**; posted by Search or by a chip's cross it answers with what the form shows then (pages without script). */
export const transferAction = districtAction({ needs: "manageDocuments", schema }, async (place, input) => {
  const { doors, district } = place;
  if (input.do === "search") {
    const typed = {
      notes: input.notes,
      basis: input.basis,
      sisId: input.sisId,
      owner: input.owner,
      ...typedBasis(input),
    };
    const drawn = await pickerDrawn(place, input, "documents");
    return { data: { ...drawn, typed, ticked: input.document } satisfies PostedChoice };
  }
  await transferDocuments(doors, {
    dispatchId: input.dispatch,
    receiverId: input.receiver,
    sisId: input.sisId,
    owner: input.owner,
    notes: input.notes,
    legalBasis: input.basis,
    statement: statementOf(input.basis, input),
    documentIds: input.document,
  });
  return { redirect: `/d/${district.slug}/students/${input.student}/share/${input.dispatch}/sent` };
});
