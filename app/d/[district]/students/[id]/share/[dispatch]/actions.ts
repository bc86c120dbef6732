"use server";

import { z } from "zod";
import { type PostedChoice, parseKnown } from "@/components/transfers/posted-choice";
import { searchDirectory } from "@/lib/districts/search-directory";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { districtAction } from "@/lib/web/action";
import { basisFields, basisProblems, statementOf, typedBasis } from "@/lib/web/basis-fields";
import { id, ids, optionalId, text } from "@/lib/web/forms";

const texts = z.preprocess((value) => [value ?? []].flat(), z.array(z.string().max(5_000)).max(200));

const bases = ["enrollment", "consent", "emergency"] as const;

const fields = z.object({
  dispatch: id(),
  student: id(),
  do: z.enum(["search", "send"]).default("send"),
  remove: optionalId,
  q: text(200),
  known: texts,
  receivers: ids(20),
  document: ids(1_000),
  sisId: text(100),
  owner: text(320),
  basis: z.enum(["", ...bases], { error: "Choose the legal basis." }),
  ...basisFields,
  notes: text(10_000, "The notes have more than 10,000 characters. Shorten them, or add a document."),
});

const schema = fields.transform(({ basis, ...typed }, context) => {
  if (typed.remove || typed.do === "search") return { ...typed, do: "search" as const, basis };
  const [receiver] = typed.receivers;
  const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (!receiver) wrong("receivers", "Search for the district that the documents go to, and choose it.");
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
export const transferAction = districtAction(
  { needs: "manageDocuments", schema },
  async ({ doors, actor, district }, input) => {
    if (input.do === "search") {
      const typed = {
        notes: input.notes,
        basis: input.basis,
        sisId: input.sisId,
        owner: input.owner,
        ...typedBasis(input),
      };
      const known = parseKnown(input.known);
      const chosen = known.filter((one) => input.receivers.includes(one.id) && one.id !== input.remove);
      const results = input.q
        ? await doors.district((tx) => searchDirectory(tx, actor, input.q, 20, "documents"))
        : null;
      return {
        data: { q: input.q, results, chosen, typed, ticked: input.document } satisfies PostedChoice & {
          ticked: string[];
        },
      };
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
  },
);
