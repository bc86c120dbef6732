import { SealError } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";
import { auditBoth, tell } from "@/lib/transfers/apply";
import { expiryAfter, issueCode } from "@/lib/transfers/issue-code";
import type { Packing } from "@/lib/transfers/pack";
import { type CaseContent, caseContentSchema } from "@/lib/transfers/package-content";
import { bound, type Place } from "@/lib/transfers/package-place";
import { notesBound } from "@/lib/transfers/send-cases";
import type { Snapshot } from "@/lib/transfers/snapshot";

/** Cases travel locked: the package ends with the authorization code, pending. */
export function packCases(place: Place, snapshot: Snapshot): Packing {
  return {
    contents() {
      const notes = snapshot.notesSealed
        ? keys()
            .unwrapForDistrict(
              place.sendingDistrictId,
              Buffer.from(snapshot.notesSealed),
              notesBound(snapshot.dispatchId),
            )
            .toString()
        : "";
      return {
        items: [
          { n: 0, content: { ...snapshot.cover, notes }, files: [] },
          ...snapshot.cases.map(({ n, content }) => ({
            n,
            content: readable({ ...content, attachments: content.attachments.map(({ fileId: _, ...rest }) => rest) }),
            files: content.attachments.map((one) => one.file),
          })),
        ],
        files: snapshot.files,
      };
    },
    async closing(dataKey) {
      const { transferId } = place;
      const code = await issueCode(place, dataKey);
      const keyBySender = keys().wrapForDistrict(place.sendingDistrictId, dataKey, bound(place, "key by sender"));
      return async (tx, parties, total) => {
        const [row] = await tx.$queryRaw<[{ status: string | null }]>`
          select exchange_seal(${transferId}::uuid, ${total}::bigint, ${expiryAfter(snapshot.expiryDays)}::timestamptz, ${new Uint8Array(code.salt)}::bytea, ${new Uint8Array(code.verifier)}::bytea,
            ${new Uint8Array(code.codeSealed)}::bytea, ${new Uint8Array(code.keyByCode)}::bytea, ${new Uint8Array(keyBySender)}::bytea) status`;
        if (!row.status) throw new Error("sealed by somebody else under the lock");
        auditBoth(tx, transferId, parties, "transfer.seal", {
          cases: snapshot.cases.length,
          files: snapshot.files.length,
        });
        await tell(tx, "transfer-sent", parties.sendingDistrictId, transferId);
        await tell(tx, "transfer-received", parties.receivingDistrictId, transferId);
      };
    },
  };
}

/** What the receiver's schema can't read must not leave: it would unlock and could never be opened. Throws `SealError`. */
function readable(content: CaseContent): CaseContent {
  const read = caseContentSchema.safeParse(content);
  if (!read.success) throw new SealError();
  return read.data;
}
