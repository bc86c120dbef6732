import { z } from "zod";
import { chosenAmong, type PostedChoice, parseKnown } from "@/components/transfers/posted-choice";
import { type DirectoryUse, searchDirectory } from "@/lib/districts/search-directory";
import { ids, optionalId, text, texts } from "@/lib/web/forms";
import type { Place } from "@/lib/web/guard";

/** What components/transfers/district-picker.tsx sends: to be spread into a form's schema. */
export const pickerFields = {
  do: z.enum(["search", "send"]).default("send"),
  remove: optionalId,
  q: text(200),
  known: texts,
  // More than may be sent to at once get a sentence of their own (sendCases).
  districts: ids(200),
};

type Posted = { do: "search" | "send"; remove: string | null; q: string; known: string[]; districts: string[] };

/** Whether it was posted by Search or by a chip's cross (pages without script): the form is drawn again then. */
export const drawsAgain = (posted: Pick<Posted, "do" | "remove">): boolean =>
  posted.do === "search" || posted.remove !== null;

/** What the picker shows then. */
export async function pickerDrawn(
  { doors, actor }: Place,
  { q, known, districts, remove }: Posted,
  what: DirectoryUse,
): Promise<Pick<PostedChoice, "q" | "results" | "chosen">> {
  const results = q ? await doors.district((tx) => searchDirectory(tx, actor, { words: q, what })) : null;
  const chosen = chosenAmong(parseKnown(known), districts, what).filter((one) => one.id !== remove);
  return { q, results, chosen };
}
