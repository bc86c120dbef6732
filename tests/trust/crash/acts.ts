import { Readable } from "node:stream";
import { doorsFor } from "@/lib/db/exchange";
import type { Doors } from "@/lib/db/types";
import { addDocument } from "@/lib/documents/add-document";
import { purgeDocuments } from "@/lib/documents/purge-documents";
import type { Actor } from "@/lib/policy";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { decideItem } from "@/lib/transfers/decide-items";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { type SendInput, sendCases } from "@/lib/transfers/send-cases";
import { type TransferInput, transferDocuments } from "@/lib/transfers/transfer-documents";

/** What a server is doing when it's killed: the real verbs, as a person's clicks call them one after another. */
export type Act =
  | { act: "send"; input: SendInput }
  | { act: "accept"; transferId: string; code: string; cases: number }
  | { act: "documents"; input: TransferInput }
  | { act: "purge"; documentIds: string[] }
  | { act: "upload"; studentId: string; text: string };

/** An act and who does it, as it goes to the server's process. */
export type Order = { act: Act; actor: Omit<Actor, "permissions"> & { permissions: string[] } };

export const orderOf = (actor: Actor, act: Act): Order => ({
  act,
  actor: { ...actor, permissions: [...actor.permissions] },
});

export async function perform({ act, actor }: Order): Promise<void> {
  const doors = doorsFor({ ...actor, permissions: new Set(actor.permissions) } as Actor);
  switch (act.act) {
    case "send":
      await sendCases(doors, act.input);
      return;
    case "accept":
      await acceptTransfer(doors, act);
      return takeIn(doors, act.transferId, act.cases);
    case "documents":
      await transferDocuments(doors, act.input);
      return;
    case "purge":
      await purgeDocuments(doors, { documentIds: act.documentIds, reason: "Wrong child" });
      return;
    case "upload":
      await addDocument(doors, {
        studentId: act.studentId,
        name: "upload.txt",
        bytes: null,
        source: Readable.from([Buffer.from(act.text)]),
        title: null,
        type: "iep",
        ownerId: null,
        datedOn: null,
      });
  }
}

/** Decides every case of an unlocked transfer (**Use transfer info**) and saves. Done again, it goes on where it stopped. */
export async function takeIn(doors: Doors, transferId: string, cases: number): Promise<void> {
  for (let n = 1; n <= cases; n++)
    await decideItem(doors, {
      transferId,
      n,
      decision: "new",
      studentId: null,
      buildingId: null,
      teamId: null,
      managerId: null,
      reason: null,
      applyToAll: false,
    });
  await saveTransfer(doors, { transferId });
}
