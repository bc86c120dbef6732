"use server";

import { z } from "zod";
import { parseCaseQuery } from "@/lib/cases/case-filter";
import { chooseCases } from "@/lib/transfers/choose-cases";
import { districtAction } from "@/lib/web/action";
import { ids, optionalId, text, tick } from "@/lib/web/forms";

const schema = z.object({
  /** The ticked rows. */
  case: ids(2_000),
  /** A row's own menu: that case alone, whatever is ticked. */
  only: optionalId,
  /** All that the list's query finds. */
  all: tick,
  query: text(1_000),
});

/** Chooses cases for a transfer, and goes on to the dialog **Transfer to District**. */
export const chooseCasesAction = districtAction(
  { needs: "manageCases", schema },
  async ({ doors, actor, district }, input) => {
    const chosen = input.only
      ? { caseIds: [input.only] }
      : input.all
        ? { matching: parseCaseQuery(input.query) }
        : { caseIds: input.case };
    const { dispatchId } = await doors.district((tx) => chooseCases(tx, actor, chosen, input.query));
    return { redirect: `/d/${district.slug}/cases/transfer/${dispatchId}` };
  },
);
