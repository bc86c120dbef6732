import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { documentsWord } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { DecideDialog } from "@/components/ui/decide-dialog";
import { TextField } from "@/components/ui/field";
import { isTransferOnHold } from "@/lib/documents/is-transfer-on-hold";
import { may } from "@/lib/policy";
import type { DocumentTransfer } from "@/lib/transfers/get-document-transfer";
import { own } from "@/lib/web/own";
import { districtPage } from "@/lib/web/page";
import { listQuery } from "../../../transfer-lists";
import { purgeAction, reasonAction } from "../../actions";
import { DocumentsList } from "../../documents-list";
import { documentsPath } from "../../paths";
import { DocumentTransferPage, findDocumentTransfer } from "../document-page";

export const metadata: Metadata = { title: "Document transfer" };

type Step = {
  title: string;
  button: string;
  /** Whether it can be done, for this side and state. */
  open: (transfer: DocumentTransfer) => boolean;
  question: (transfer: DocumentTransfer) => string;
  follows: (transfer: DocumentTransfer) => string;
  hint: (transfer: DocumentTransfer) => string;
};

const readBy = ({ otherDistrict }: DocumentTransfer) => `${otherDistrict} reads it. Name no student.`;
const count = ({ items }: DocumentTransfer) => documentsWord(items);

/** The dialogs of a document transfer: each asks for a reason. */
const steps: Record<string, Step> = {
  return: {
    title: "Return",
    button: "Return transfer",
    open: ({ side, status }) => side === "incoming" && status === "held",
    question: (one) => `Return ${count(one)} to ${one.otherDistrict}?`,
    follows: ({ otherDistrict }) =>
      `Nothing comes into your district, and the package is destroyed. ${otherDistrict} keeps its documents and can send them again.`,
    hint: readBy,
  },
  report: {
    title: "Report wrong student",
    button: "Report wrong student",
    open: ({ side, status }) => side === "incoming" && status === "delivered",
    question: (one) => `Report that ${one.items === 1 ? "this document is" : "these documents are"} another student’s?`,
    follows: ({ otherDistrict }) =>
      `They go into quarantine at once: nobody in your district sees them any more. ${otherDistrict} is told, and can send them again to the right student. Then they’re purged here.`,
    hint: readBy,
  },
  recall: {
    title: "Recall",
    button: "Recall transfer",
    open: ({ side, status }) => side === "outgoing" && (status === "held" || status === "delivered"),
    question: (one) => `Recall ${count(one)} from ${one.otherDistrict}?`,
    follows: ({ status }) =>
      status === "held"
        ? "The package is destroyed there. Your documents stay as they are."
        : "They go into quarantine there at once: nobody sees them any more. Only that district can purge them, or release them with a reason. Your documents stay as they are.",
    hint: readBy,
  },
  withdraw: {
    title: "Withdraw",
    button: "Withdraw transfer",
    open: ({ side, status }) => side === "outgoing" && status === "reported",
    question: (one) => `Withdraw the transfer of ${count(one)} to ${one.otherDistrict}?`,
    follows: () => "It isn’t sent again. What was delivered stays in quarantine there until they purge it.",
    hint: readBy,
  },
  release: {
    title: "Release",
    button: "Release documents",
    open: ({ side, quarantined }) => side === "incoming" && quarantined > 0,
    question: ({ quarantined }) => `Release ${documentsWord(quarantined)} from quarantine?`,
    follows: () =>
      "They’re seen again on the student’s page. Do that only where they are this student’s, and have to stay with you.",
    hint: readBy,
  },
  purge: {
    title: "Purge",
    button: "Purge for good",
    open: ({ side, quarantined }) => side === "incoming" && quarantined > 0,
    question: ({ quarantined }) => `Purge ${documentsWord(quarantined)} for good?`,
    follows: () =>
      "Rows, keys and files are destroyed, here and in the storage. Nobody can bring them back. A purge certificate stays, without titles.",
    hint: () => "The certificate keeps it, and the other district reads that they’re purged. Name no student.",
  },
};

export default districtPage<"id" | "verb">(
  { needs: "manageDocuments", tab: "admin", node: "document-transfers" },
  async ({ params, search, ...place }) => {
    const step = own(steps, params.verb);
    if (!step || (params.verb === "purge" && !may(place.actor, "purge"))) notFound();
    const found = await findDocumentTransfer(place, params.id);
    const { transfer } = found;
    const { slug } = place.district;
    const page = documentsPath(slug, transfer.id);
    if (!step.open(transfer)) redirect(page);
    const fromTransfer = search.from === "transfer";
    const closeHref = fromTransfer ? page : documentsPath(slug) + listQuery("documents", search);
    const purge = params.verb === "purge";
    const onHold = purge && (await place.doors.district((tx) => isTransferOnHold(tx, transfer.id)));
    return (
      <>
        {fromTransfer ? <DocumentTransferPage place={place} found={found} /> : await DocumentsList({ place, search })}
        <DecideDialog
          title={
            <>
              {step.title} <span className="id">{transfer.reference}</span>
            </>
          }
          action={(purge ? purgeAction : reasonAction).bind(null, slug)}
          draft={`${params.verb}:${place.actor.membershipId}:${transfer.id}`}
          fields={{ transfer: transfer.id, verb: params.verb }}
          question={step.question(transfer)}
          reason={step.hint(transfer)}
          keep="Close"
          button={step.button}
          closeHref={closeHref}
        >
          {onHold && (
            <Banner kind="held" icon="lock" fact="A legal hold stands on the student.">
              Nothing can be purged until somebody with Manage District lifts it under Admin ▸ Retention ▸ Legal holds.
            </Banner>
          )}
          <p>{step.follows(transfer)}</p>
          {purge && (
            <TextField
              name="confirm"
              label={`Type ${transfer.reference} to confirm`}
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
            />
          )}
        </DecideDialog>
      </>
    );
  },
);
