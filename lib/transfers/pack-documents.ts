import { outbox } from "@/lib/outbox";
import { SealError } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";
import { auditBoth } from "@/lib/transfers/apply";
import type { DocumentSnapshot } from "@/lib/transfers/document-snapshot";
import type { Packing } from "@/lib/transfers/pack";
import { documentContentSchema, documentCoverSchema } from "@/lib/transfers/package-content";
import { bound, type Place } from "@/lib/transfers/package-place";
import { openForm } from "@/lib/transfers/sealed-form";

/** Documents wait for no code: the package's key is wrapped by the exchange's, and the receiving district's worker takes it from here. */
export function packDocuments(place: Place, snapshot: DocumentSnapshot): Packing {
  return {
    contents() {
      const { sisId, owner, notes } = openForm(place.sendingDistrictId, snapshot.dispatchId, snapshot.formSealed);
      // What the receiver's schema can't read must not leave: it could never be opened.
      const cover = documentCoverSchema.safeParse({ ...snapshot.cover, sisId, owner, notes });
      const documents = snapshot.documents.map((one) => documentContentSchema.safeParse(one.content));
      if (!cover.success || documents.some((one) => !one.success)) throw new SealError();
      return {
        items: [
          { n: 0, content: cover.data, files: [] },
          ...snapshot.documents.map(({ n }, i) => ({ n, content: documents[i]?.data, files: [n] })),
        ],
        files: snapshot.files,
      };
    },
    async closing(dataKey) {
      const { transferId } = place;
      const key = keys().wrapForExchange(dataKey, bound(place, "key by exchange"));
      return async (tx, parties, total) => {
        const [row] = await tx.$queryRaw<[{ done: boolean }]>`
          select exchange_seal_documents(${transferId}::uuid, ${total}::bigint, ${new Uint8Array(key)}::bytea) done`;
        if (!row.done) throw new Error("sealed by somebody else under the lock");
        auditBoth(tx, transferId, parties, "transfer.seal", { documents: snapshot.documents.length });
        await outbox(tx, "hand-over", { districtId: parties.receivingDistrictId, transferId });
      };
    },
  };
}
