"use server";

import { z } from "zod";
import { countPending, switchCaseTransfers } from "@/lib/districts/switch-case-transfers";
import { DomainError } from "@/lib/errors";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { addNotice } from "@/lib/transfers/add-notice";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { issueNewCode, revealCode } from "@/lib/transfers/codes";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { districtAction } from "@/lib/web/action";
import { noticeSchema } from "@/lib/web/basis-fields";
import { id, required, text, tick } from "@/lib/web/forms";
import { requestsPath } from "./paths";

const needs = "manageCases";

/** The switch. Off with transfers pending goes by a page that says how many will wait; `sure` comes from there. */
export const switchAction = districtAction(
  { needs, schema: z.object({ on: tick, sure: tick }) },
  async ({ doors, actor, district }, { on, sure }) => {
    const list = requestsPath(district.slug);
    const switched = await doors.district(async (tx) => {
      if (!on && !sure && (await countPending(tx, actor)) > 0) return null;
      return switchCaseTransfers(tx, actor, { on });
    });
    return { redirect: switched ? list : `${list}/switch-off` };
  },
);

/** Opens an incoming transfer with the code. Where a colleague was faster, the work goes on with the case details all the same. */
export const acceptAction = districtAction(
  { needs, schema: z.object({ transfer: id(), code: text(200) }) },
  async ({ doors, district }, { transfer, code }) => {
    const details = requestsPath(district.slug, transfer, "details");
    try {
      await acceptTransfer(doors, { transferId: transfer, code });
    } catch (error) {
      if (error instanceof DomainError && error.kind === "transfer-unlocked")
        return { redirect: `${details}?already=1` };
      throw error;
    }
    return { redirect: details };
  },
);

export const rejectAction = districtAction(
  { needs, schema: z.object({ transfer: id(), reason: required(1_000, "Say why: the other district reads it.") }) },
  async ({ doors, district }, { transfer, reason }) => {
    await rejectTransfer(doors, { transferId: transfer, reason });
    return { redirect: `${requestsPath(district.slug, transfer)}?result=rejected` };
  },
);

export const cancelAction = districtAction(
  { needs, schema: z.object({ transfer: id() }) },
  async ({ doors, district }, { transfer }) => {
    await cancelTransfer(doors, { transferId: transfer });
    return { redirect: `${requestsPath(district.slug, transfer)}?result=cancelled` };
  },
);

/** Shows the code of a pending outgoing transfer; each showing is written down. */
export const showCodeAction = districtAction(
  { needs, schema: z.object({ transfer: id() }) },
  async ({ doors }, { transfer }) => {
    const shown = await revealCode(doors, { transferId: transfer });
    if (!shown) throw new DomainError("not-pending");
    return { message: "The code is shown.", data: shown };
  },
);

/** Replaces the code and shows the new one. `version` is that of the code on the page, so that a double click makes one. */
export const newCodeAction = districtAction(
  { needs, schema: z.object({ transfer: id(), version: z.coerce.number().int().min(0).max(1_000_000) }) },
  async ({ doors }, { transfer, version }) => {
    await issueNewCode(doors, { transferId: transfer, version });
    const shown = await revealCode(doors, { transferId: transfer });
    if (!shown) throw new DomainError("not-pending");
    return { message: "The new code is shown.", data: shown };
  },
);

/** Records the parent notice of a transfer that was sent without one. */
export const noticeAction = districtAction(
  { needs, schema: noticeSchema },
  async ({ doors, actor, district }, { transfer: transferId, ...notice }) => {
    await doors.district((tx) => addNotice(tx, actor, { ...notice, transferId, kind: "cases" }));
    return { redirect: requestsPath(district.slug, transferId) };
  },
);
