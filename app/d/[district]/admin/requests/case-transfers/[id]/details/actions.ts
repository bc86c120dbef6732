"use server";

import { z } from "zod";
import type { Redrawn } from "@/components/transfers/intake-form";
import { DomainError } from "@/lib/errors";
import { decideItem, decideRest } from "@/lib/transfers/decide-items";
import { findTransferRow } from "@/lib/transfers/list-transfers";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { findCompared, searchRoster } from "@/lib/transfers/search-roster";
import { districtAction } from "@/lib/web/action";
import { id, ids, optionalId, text, tick } from "@/lib/web/forms";
import { requestsPath } from "../../paths";

const place = { building: optionalId, team: optionalId, manager: optionalId };

const schema = z
  .object({
    transfer: id(),
    n: z.coerce.number().int().min(1).max(1_000),
    do: z.enum(["search", "mine", "next", "save"]).default("next"),
    decision: z.enum(["link", "new", "leave"]).optional(),
    studentId: optionalId,
    /** The students who are the same although something differs. */
    same: ids(50),
    reason: text(1_000),
    q: text(200),
    all: tick,
    ...place,
  })
  .superRefine((typed, context) => {
    if (typed.do === "search" || typed.do === "mine") return;
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (!typed.decision) wrong("decision", "Say who this case is about.");
    if (typed.decision === "link" && !typed.studentId)
      wrong("q", "Search for the student and choose one, or choose Use transfer info.");
    if (typed.decision === "leave" && !typed.reason) wrong("reason", "Say why the case is left out.");
  });

/**
 * Keeps what was decided about one case and goes on to the next, or saves the transfer. Posted without script by Search it answers with
 * students, by **I look after it** with the form as it stands and the person as case manager.
 */
export const decideAction = districtAction(
  { needs: "manageCases", schema },
  async ({ doors, actor, district }, input) => {
    const { transfer: transferId, n, decision } = input;
    if (input.do === "search" || input.do === "mine" || !decision) {
      const typed = {
        ...(decision ? { decision } : {}),
        reason: input.reason,
        studentId: input.studentId ?? "",
        buildingId: input.building ?? "",
        teamId: input.team ?? "",
        managerId: (input.do === "mine" ? actor.membershipId : input.manager) ?? "",
        all: input.all ? "on" : "",
        same: input.studentId && input.same.includes(input.studentId) ? "on" : "",
      };
      const { studentId } = input;
      // Found by an earlier search, perhaps: the page that's drawn anew knows of nobody but whom it's given.
      const kept = studentId ? await findCompared(doors, { transferId, n }, studentId) : null;
      const found = input.q ? { q: input.q, hits: await searchRoster(doors, { transferId, n }, input.q) } : null;
      return { data: { found, kept, typed } satisfies Redrawn };
    }
    const page = requestsPath(district.slug, transferId, "details");
    try {
      const next = await decideItem(doors, {
        transferId,
        n,
        decision,
        studentId: input.studentId,
        buildingId: input.building,
        teamId: input.team,
        managerId: input.manager,
        reason: input.reason || null,
        applyToAll: input.all,
        sameStudent: input.studentId !== null && input.same.includes(input.studentId),
      });
      if (next !== null || input.do === "next") {
        // Chosen for all: the next form begins with it. The choice is kept in the address alone until that case is decided.
        const query = new URLSearchParams({ n: String(next ?? n) });
        if (input.all && input.team) query.set("team", input.team);
        if (input.all && input.manager) query.set("manager", input.manager);
        if (input.do === "save") query.set("missing", "1");
        return { redirect: `${page}?${query}` };
      }
      await saveTransfer(doors, { transferId });
    } catch (error) {
      // The second click of a double one finds the work of the first done.
      const own = await savedByActor(
        error,
        () => doors.district((tx) => findTransferRow(tx, "cases", transferId)),
        actor.name,
      );
      if (!own) throw error;
    }
    return { redirect: `${requestsPath(district.slug, transferId)}?result=saved` };
  },
);

async function savedByActor(
  error: unknown,
  find: () => ReturnType<typeof findTransferRow>,
  name: string,
): Promise<boolean> {
  if (!(error instanceof DomainError) || error.kind !== "transfer-decided") return false;
  const row = await find();
  return row?.side === "incoming" && row.status === "completed" && row.ownActor === name;
}

const restSchema = z.object({ transfer: id(), which: z.enum(["agreeing", "unmatched"]), ...place });

/** Decides the open cases that need no eye, all at once. */
export const decideRestAction = districtAction(
  { needs: "manageCases", schema: restSchema },
  async ({ doors, district }, input) => {
    const { transfer: transferId, which } = input;
    const decided = await decideRest(doors, {
      transferId,
      which,
      buildingId: input.building,
      teamId: input.team,
      managerId: input.manager,
    });
    return { redirect: `${requestsPath(district.slug, transferId, "details")}?${which}=${decided}` };
  },
);
