import { workerOf } from "@/lib/policy";
import {
  recallDocuments,
  releaseDocuments,
  reportDocuments,
  returnDocuments,
  withdrawDocuments,
} from "@/lib/transfers/decide-documents";
import { deliverDocuments, linkDocuments } from "@/lib/transfers/deliver-documents";
import { failTransfer } from "@/lib/transfers/fail-transfer";
import { purgeTransfer } from "@/lib/transfers/purge-transfer";
import { redoTransfer } from "@/lib/transfers/redo-transfer";
import { transferDocuments } from "@/lib/transfers/transfer-documents";
import { doors, type Someone, type World } from "../../support/world";
import { documentInput, sealedDocuments } from "./document-hand-over";
import { type Command, type Life, step } from "./life";

/** What ought to be true of a transfer of one document. */
type DocumentModel = {
  id: string;
  status: "preparing" | "held" | "delivered" | "returned" | "recalled" | "reported" | "redone" | "withdrawn" | "failed";
  /** Whether the receiver's roster has who was meant. */
  known: boolean;
  documents: "none" | "there" | "quarantined" | "purged";
  sisId: string;
  student: string;
  reference: string;
  did: Set<string>;
};

const because = (model: DocumentModel) => ({ transferId: model.id, reason: "Wrong child" });
const stranger: Command<DocumentModel>["answer"] = () => "not-there";
/** Its life begins sealed: from then on the receiver's worker, and so the receiver, sees it, unless it fails. */
const visible = (model: DocumentModel, answer: () => string) => (model.status === "failed" ? "not-there" : answer());

/**
 * A transfer of one document from Lakeview to Riverbend, from the moment that it's sealed. Every other one is about a student whom the
 * receiver's roster doesn't have yet. `purger`: somebody of Riverbend who may purge.
 */
export function documentLife(world: World, purger: Someone): Life<DocumentModel> {
  const { lakeview, riverbend, sql } = world;
  const [senderClerk, receiverClerk] = [doors(lakeview.clerk), doors(riverbend.clerk)];
  const [senderWorker, receiverWorker] = [doors(workerOf(lakeview.id)), doors(workerOf(riverbend.id))];
  let lives = 0;
  const commands: Record<string, Command<DocumentModel>> = {
    "deliver by the receiver's worker": {
      call: ({ id }) => deliverDocuments(receiverWorker, { transferId: id }),
      answer: (model) => {
        if (model.status === "failed") return "not-there";
        if (model.status !== "preparing" && model.status !== "held") return "null";
        if (!model.known) return (model.status = "held");
        model.documents = "there";
        return (model.status = "delivered");
      },
    },
    "fail by the sender's worker": {
      call: ({ id }) => failTransfer(senderWorker, { transferId: id, reason: "It can't be opened" }),
      answer: (model) => {
        const was = model.status === "preparing";
        if (was) model.status = "failed";
        return String(was);
      },
    },
    "the student arrives": {
      call: async (model) => {
        if (model.known) return;
        await sql("update student set sis_id = $2 where id = $1", [model.student, model.sisId]);
      },
      answer: (model) => {
        model.known = true;
        return "done";
      },
    },
    "link by the receiver": {
      call: ({ id, student }) =>
        linkDocuments(receiverClerk, { transferId: id, studentId: student, ownerId: riverbend.clerk.membershipId }),
      answer: (model) =>
        visible(model, () => {
          if (model.status === "held") {
            model.documents = "there";
            return step(model, "link", ["held"], "delivered", "transfer-moved");
          }
          return model.did.has("link") && model.documents === "there" ? "done" : "transfer-moved";
        }),
    },
    "link by the sender": {
      call: ({ id, student }) =>
        linkDocuments(senderClerk, { transferId: id, studentId: student, ownerId: lakeview.clerk.membershipId }),
      answer: stranger,
    },
    "return by the receiver": {
      call: (model) => returnDocuments(receiverClerk, because(model)),
      answer: (model) => visible(model, () => step(model, "return", ["held"], "returned", "transfer-moved")),
    },
    "return by the sender": { call: (model) => returnDocuments(senderClerk, because(model)), answer: stranger },
    "report by the receiver": {
      call: (model) => reportDocuments(receiverClerk, because(model)),
      answer: (model) =>
        visible(model, () => {
          if (model.status === "delivered") model.documents = "quarantined";
          return step(model, "report", ["delivered"], "reported", "transfer-moved");
        }),
    },
    "report by the sender": { call: (model) => reportDocuments(senderClerk, because(model)), answer: stranger },
    "recall by the sender": {
      call: (model) => recallDocuments(senderClerk, because(model)),
      answer: (model) => {
        if (model.status === "delivered") model.documents = "quarantined";
        return step(model, "recall", ["held", "delivered"], "recalled", "transfer-moved");
      },
    },
    "recall by the receiver": { call: (model) => recallDocuments(receiverClerk, because(model)), answer: stranger },
    "withdraw by the sender": {
      call: (model) => withdrawDocuments(senderClerk, because(model)),
      answer: (model) => step(model, "withdraw", ["reported"], "withdrawn", "transfer-moved"),
    },
    "withdraw by the receiver": { call: (model) => withdrawDocuments(receiverClerk, because(model)), answer: stranger },
    "redo by the sender": {
      call: async ({ id, sisId }) => {
        const draft = await senderClerk.district((tx) => redoTransfer(tx, lakeview.clerk, { transferId: id }));
        await transferDocuments(senderClerk, documentInput(draft.dispatchId, riverbend, sisId));
      },
      answer: (model) => {
        if (model.status !== "reported") return "transfer-moved";
        model.status = "redone";
        return "done";
      },
    },
    "release by the receiver": {
      call: (model) => releaseDocuments(receiverClerk, because(model)),
      answer: (model) =>
        visible(model, () => {
          if (model.documents !== "quarantined") return model.did.has("release") ? "done" : "transfer-moved";
          model.documents = "there";
          model.did.add("release");
          return "done";
        }),
    },
    "purge by the receiver": {
      call: ({ id, reference }) =>
        purgeTransfer(doors(purger), { transferId: id, reason: "Never ours", confirm: reference }),
      answer: (model) =>
        visible(model, () => {
          if (model.documents !== "quarantined") return "transfer-moved";
          model.documents = "purged";
          return "done";
        }),
    },
  };

  async function facts({ id }: DocumentModel) {
    const [row] = await sql(
      `select t.status, (select count(*)::int from document where origin_transfer_id = t.id and quarantined_at is null) there,
         (select count(*)::int from document where origin_transfer_id = t.id and quarantined_at is not null) quarantined,
         (select count(*)::int from package_item where transfer_id = t.id) + (select count(*)::int from package_key where transfer_id = t.id) sealed,
         (select count(*)::int from purge_certificate where transfer_id = t.id) certificates
       from transfer t where t.id = $1`,
      [id],
    );
    return row as object;
  }
  const wanted = ({ status, documents }: DocumentModel) => ({
    status,
    there: documents === "there" ? 1 : 0,
    quarantined: documents === "quarantined" ? 1 : 0,
    sealed: status === "preparing" || status === "held" ? 3 : 0,
    certificates: documents === "purged" ? 1 : 0,
  });
  const begin = async (): Promise<DocumentModel> => {
    // The lives before don't stand in this one's way, by what a district may send in a day.
    await sql(
      "update transfer set created_at = created_at - interval '2 days', held_at = held_at - interval '2 days' where kind = 'documents' and created_at > now() - interval '1 day'",
    );
    const known = ++lives % 2 === 0;
    const later = `later-${lives}`;
    const { id, there } = await sealedDocuments(world, known ? {} : { input: { sisId: later } });
    const [row] = await sql<{ reference: string }>("select reference from transfer where id = $1", [id]);
    return {
      id,
      status: "preparing",
      known,
      documents: "none",
      sisId: known ? there.sisId : later,
      student: there.id,
      reference: row?.reference ?? "",
      did: new Set(),
    };
  };
  return { commands, begin, facts, wanted };
}
