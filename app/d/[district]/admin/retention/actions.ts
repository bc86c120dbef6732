"use server";

import { z } from "zod";
import { confirmPurge } from "@/lib/documents/confirm-purge";
import { proposePurge } from "@/lib/documents/propose-purge";
import { countedFroms, mostRecords, retentionKinds } from "@/lib/documents/retention-kinds";
import { mostYears, saveRetentionRule } from "@/lib/documents/save-retention-rule";
import { withdrawProposal } from "@/lib/documents/withdraw-proposal";
import { liftHold } from "@/lib/students/lift-hold";
import { placeHold } from "@/lib/students/place-hold";
import { districtAction } from "@/lib/web/action";
import { id, ids, optional, optionalId, required, text, tick } from "@/lib/web/forms";
import { retentionNeeds, retentionPath } from "./paths";

const kind = z.enum(retentionKinds, "Choose the kind of record.");
const years = `Type a number of years from 1 to ${mostYears}.`;

export const saveRuleAction = districtAction(
  {
    needs: "manageDistrict",
    schema: z
      .object({
        kind,
        version: z.coerce.number().int().min(0).max(2_147_483_647),
        keep: z.enum(["undecided", "good", "years"], "Choose how long it’s kept."),
        years: text(10),
        countedFrom: z.preprocess((value) => value || null, z.enum(countedFroms, "Choose one.").nullable()),
      })
      .refine((rule) => rule.keep !== "years" || /^\d{1,3}$/.test(rule.years), { path: ["years"], message: years })
      .refine((rule) => rule.keep !== "years" || (Number(rule.years) >= 1 && Number(rule.years) <= mostYears), {
        path: ["years"],
        message: years,
      })
      .refine((rule) => rule.keep !== "years" || rule.countedFrom !== null, {
        path: ["countedFrom"],
        message: "Choose what the years are counted from.",
      }),
  },
  async ({ doors, actor, district }, input) => {
    const rule =
      input.keep === "years" && input.countedFrom
        ? { keep: "years" as const, years: Number(input.years), countedFrom: input.countedFrom }
        : { keep: input.keep === "good" ? ("good" as const) : ("undecided" as const) };
    const saved = await doors.district((tx) =>
      saveRetentionRule(tx, actor, { kind: input.kind, version: input.version, rule }),
    );
    return { redirect: `${retentionPath(district.slug)}${saved ? `?saved=${input.kind}` : ""}` };
  },
);

export const proposeAction = districtAction(
  {
    needs: retentionNeeds,
    schema: z
      .object({
        record: ids(mostRecords),
        all: tick,
        kind: z.preprocess((value) => value || null, kind.nullable()),
        q: text(200),
        reason: text(1_000),
        notice: optional(1_000),
      })
      // Said together, in the order of the form.
      .refine((input) => input.all || input.record.length > 0, {
        path: ["all"],
        message: "Tick the records that go, or everything found here.",
      })
      .refine((input) => input.reason !== "", {
        path: ["reason"],
        message: "Type why they go: the schedule or law. The certificates say so.",
      }),
  },
  async ({ doors, actor, district }, { record, all, reason, notice, ...filter }) => {
    const { id: proposal, leftOut } = await doors.district((tx) =>
      proposePurge(tx, actor, { records: all ? filter : record, reason, notice }),
    );
    return { redirect: `${retentionPath(district.slug, "proposals", proposal)}?left=${leftOut}` };
  },
);

export const confirmPurgeAction = districtAction(
  {
    needs: "purge",
    fresh: true,
    schema: z.object({ proposal: id(), confirm: text(50), shown: ids(mostRecords) }),
  },
  async ({ doors, district }, { proposal, confirm, shown }) => {
    await confirmPurge(doors, { proposalId: proposal, confirm, shown });
    return { redirect: retentionPath(district.slug, "proposals", proposal) };
  },
);

export const withdrawProposalAction = districtAction(
  { needs: retentionNeeds, schema: z.object({ proposal: id() }) },
  async ({ doors, actor, district }, { proposal }) => {
    await doors.district((tx) => withdrawProposal(tx, actor, { proposalId: proposal }));
    return { redirect: retentionPath(district.slug, "proposals", proposal) };
  },
);

export const placeHoldAction = districtAction(
  {
    needs: "manageDistrict",
    schema: z
      .object({
        student: optionalId,
        case: optionalId,
        about: text(100),
        reason: text(1_000),
      })
      .refine((input) => input.student !== null || input.case !== null || input.about !== "", {
        path: ["about"],
        message: "Type the student’s SIS ID or the case’s number.",
      })
      .refine((input) => input.reason !== "", {
        path: ["reason"],
        message: "Type why: the matter that the records are kept for.",
      }),
  },
  async ({ doors, actor, district }, input) => {
    const on = input.student
      ? { studentId: input.student }
      : input.case
        ? { caseId: input.case }
        : { typed: input.about };
    await doors.district((tx) => placeHold(tx, actor, { on, reason: input.reason }));
    return { redirect: `${retentionPath(district.slug, "holds")}?did=placed` };
  },
);

export const liftHoldAction = districtAction(
  {
    needs: "manageDistrict",
    fresh: true,
    schema: z.object({ hold: id(), reason: required(1_000, "Type why it’s lifted.") }),
  },
  async ({ doors, actor, district }, { hold, reason }) => {
    await doors.district((tx) => liftHold(tx, actor, { id: hold, reason }));
    return { redirect: `${retentionPath(district.slug, "holds")}?did=lifted` };
  },
);
