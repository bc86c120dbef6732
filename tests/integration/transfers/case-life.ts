import { workerOf } from "@/lib/policy";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { cancelTransfer } from "@/lib/transfers/cancel-transfer";
import { issueNewCode, revealCode } from "@/lib/transfers/codes";
import { decideItem } from "@/lib/transfers/decide-items";
import { expireTransfer } from "@/lib/transfers/expire-transfer";
import { failTransfer } from "@/lib/transfers/fail-transfer";
import { rejectTransfer } from "@/lib/transfers/reject-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { sealTransfer } from "@/lib/transfers/seal-transfer";
import { doors, setSwitch, type World } from "../../support/world";
import { decision, overdue, preparing, wrongCode } from "./hand-over";
import { type Command, type Life, step } from "./life";

/** What ought to be true of a transfer of one case. */
type CaseModel = {
  id: string;
  status: "preparing" | "pending" | "unlocked" | "completed" | "rejected" | "cancelled" | "expired" | "failed";
  version: number;
  /** All codes that there were, as the sender was shown them. */
  codes: string[];
  tries: number;
  overdue: boolean;
  decided: boolean;
  on: { lakeview: boolean; riverbend: boolean };
  did: Set<string>;
};

/** Preparing and failing are the sender's own. */
const seen = (model: { status: string }) => model.status !== "preparing" && model.status !== "failed";

/** Why a code isn't looked at. */
function obstacle(model: CaseModel): string | null {
  if (!seen(model)) return "not-there";
  if (model.status === "unlocked") return "done";
  if (model.status === "expired" || (model.status === "pending" && model.overdue)) return "transfer-expired";
  if (model.status !== "pending") return "transfer-decided";
  if (!model.on.riverbend) return "own-switch-off";
  if (!model.on.lakeview) return "other-switch-off";
  return model.tries >= 5 ? "code-locked" : null;
}

function wrongTry(model: CaseModel): string {
  const before = obstacle(model);
  if (before) return before;
  model.tries += 1;
  return model.tries === 5 ? "code-locked" : "wrong-code";
}

/** A transfer of one case from Lakeview to Riverbend, from the moment that its package is to be sealed. One lives at a time. */
export function caseLife(world: World): Life<CaseModel> {
  const { lakeview, riverbend, sql } = world;
  const [sender, receiver] = [doors(lakeview.manager), doors(riverbend.manager)];
  const [senderWorker, receiverWorker] = [doors(workerOf(lakeview.id)), doors(workerOf(riverbend.id))];
  const accept = (by: typeof receiver, code: (model: CaseModel) => string) => (model: CaseModel) =>
    acceptTransfer(by, { transferId: model.id, code: code(model) });
  const current = (model: CaseModel) => model.codes.at(-1) ?? "0000000000000000";
  const former = (model: CaseModel) => model.codes.at(-2) ?? wrongCode(current(model));
  const renew = (by: typeof sender, version: (now: number) => number) => async (model: CaseModel) => {
    await issueNewCode(by, { transferId: model.id, version: version(model.version) });
    await look(model);
  };
  /** The sender looks at the code. */
  async function look({ id, codes }: CaseModel): Promise<void> {
    const shown = await revealCode(sender, { transferId: id });
    if (shown && shown.code !== codes.at(-1)) codes.push(shown.code);
  }
  const noNewCode = (model: CaseModel) =>
    model.status !== "pending" ? "not-pending" : model.overdue ? "own-transfer-expired" : null;
  const flip = (where: "lakeview" | "riverbend"): Command<CaseModel> => ({
    call: (model) => setSwitch(world, world[where], !model.on[where]),
    answer: (model) => {
      model.on[where] = !model.on[where];
      return "done";
    },
  });
  const expire = (by: typeof sender): Command<CaseModel> => ({
    call: ({ id }) => expireTransfer(by, { transferId: id }),
    answer: (model) => {
      const due = model.status === "pending" && model.overdue;
      if (due) model.status = "expired";
      return String(due);
    },
  });

  const commands: Record<string, Command<CaseModel>> = {
    "seal by the sender's worker": {
      call: async (model) => {
        await sealTransfer(senderWorker, { transferId: model.id });
        await look(model);
      },
      answer: (model) => {
        if (model.status === "preparing") Object.assign(model, { status: "pending", version: 1 });
        return "done";
      },
    },
    "seal by the receiver's worker": {
      call: ({ id }) => sealTransfer(receiverWorker, { transferId: id }),
      answer: () => "done",
    },
    "fail by the sender's worker": {
      call: ({ id }) => failTransfer(senderWorker, { transferId: id, reason: "A file is damaged" }),
      answer: (model) => {
        const was = model.status === "preparing";
        if (was) model.status = "failed";
        return String(was);
      },
    },
    "the right code": {
      call: accept(receiver, current),
      answer: (model) => {
        const before = obstacle(model);
        if (before) return before;
        Object.assign(model, { status: "unlocked", tries: 0 });
        return "done";
      },
    },
    "a wrong code": { call: accept(receiver, (model) => wrongCode(current(model))), answer: wrongTry },
    "the code before": { call: accept(receiver, former), answer: wrongTry },
    "a garbled code": { call: accept(receiver, () => "7KQF"), answer: (model) => obstacle(model) ?? "garbled-code" },
    "the right code by the sender": { call: accept(sender, current), answer: () => "not-there" },
    "a new code": {
      call: renew(sender, (now) => now),
      answer: (model) => {
        const not = noNewCode(model);
        if (not) return not;
        Object.assign(model, { version: model.version + 1, tries: 0, overdue: false });
        return "done";
      },
    },
    "a new code in place of an older one": {
      call: renew(sender, (now) => now - 1),
      answer: (model) => noNewCode(model) ?? (model.version > 1 ? "done" : "changed-meanwhile"),
    },
    "a new code by the receiver": { call: renew(receiver, (now) => now), answer: () => "not-there" },
    "cancel by the sender": {
      call: ({ id }) => cancelTransfer(sender, { transferId: id }),
      answer: (model) =>
        step(
          model,
          "cancel",
          ["pending"],
          "cancelled",
          model.status === "unlocked" || model.status === "preparing" ? "not-pending" : "transfer-decided",
        ),
    },
    "cancel by the receiver": {
      call: ({ id }) => cancelTransfer(receiver, { transferId: id }),
      answer: () => "not-there",
    },
    "reject by the receiver": {
      call: ({ id }) => rejectTransfer(receiver, { transferId: id, reason: "Not ours" }),
      answer: (model) =>
        seen(model) ? step(model, "reject", ["pending", "unlocked"], "rejected", "transfer-decided") : "not-there",
    },
    "reject by the sender": {
      call: ({ id }) => rejectTransfer(sender, { transferId: id, reason: "Not ours" }),
      answer: () => "not-there",
    },
    "expire by the sender's worker": expire(senderWorker),
    "expire by the receiver's worker": expire(receiverWorker),
    "its time is over": {
      call: ({ id }) => overdue(world, id),
      answer: (model) => {
        model.overdue = model.status === "pending";
        return "done";
      },
    },
    "decide about the case": {
      call: async ({ id }) => {
        await decideItem(receiver, { ...decision(1), transferId: id, applyToAll: false });
      },
      answer: (model) => {
        if (!seen(model)) return "not-there";
        if (model.status !== "unlocked") return model.status === "pending" ? "code-first" : "transfer-decided";
        model.decided = true;
        return "done";
      },
    },
    save: {
      call: ({ id }) => saveTransfer(receiver, { transferId: id }),
      answer: (model) => {
        if (!seen(model)) return "not-there";
        if (model.status === "pending") return "code-first";
        if (model.status === "unlocked" && !model.decided) return "details-missing";
        return step(model, "save", ["unlocked"], "completed", "transfer-decided");
      },
    },
    "save by the sender": { call: ({ id }) => saveTransfer(sender, { transferId: id }), answer: () => "not-there" },
    "the sender's switch": flip("lakeview"),
    "the receiver's switch": flip("riverbend"),
  };

  async function facts({ id }: CaseModel) {
    const [row] = await sql(
      `select t.status, t.locked_at is not null locked, t.code_version version, t.decided_at is not null decided,
         (select count(*)::int from package_item where transfer_id = t.id) + (select count(*)::int from transfer_key where transfer_id = t.id) sealed,
         (select count(*)::int from "case" where origin_transfer_id = t.id) copies, (select bool_or(x.open) from transfer_case x where x.transfer_id = t.id) waiting
       from transfer t where t.id = $1`,
      [id],
    );
    return row as object;
  }
  const wanted = ({ status, tries, version }: CaseModel) => {
    const open = status === "pending" || status === "unlocked";
    return {
      status,
      locked: tries >= 5,
      version,
      decided: status !== "preparing" && !open,
      sealed: open ? 3 : 0,
      copies: status === "completed" ? 1 : 0,
      waiting: open || status === "preparing",
    };
  };
  const begin = async (): Promise<CaseModel> => {
    // The life before doesn't stand in this one's way, by switches or by what was guessed in an hour.
    await Promise.all([
      setSwitch(world, lakeview, true),
      setSwitch(world, riverbend, true),
      sql("delete from code_try"),
    ]);
    const { id } = await preparing(world);
    const on = { lakeview: true, riverbend: true };
    const did = new Set<string>();
    return { id, status: "preparing", version: 0, codes: [], tries: 0, overdue: false, decided: false, on, did };
  };
  return { commands, begin, facts, wanted };
}
