import { z } from "zod";
import { keys } from "@/lib/storage/keys";

const schema = z.object({ sisId: z.string(), owner: z.string(), notes: z.string() });

/** What was typed for a document transfer: the student's ID and the new owner in the receiving district, and notes. */
export type TransferForm = z.infer<typeof schema>;

/** What a draft's form is bound to. */
export const formBound = (dispatchId: string): Buffer => Buffer.from(`dispatch form ${dispatchId}`);

/** Wraps it for the sending district; it stays with the draft, so that a redo fills it in again. */
export const sealForm = (districtId: string, dispatchId: string, form: TransferForm): Uint8Array<ArrayBuffer> =>
  new Uint8Array(keys().wrapForDistrict(districtId, Buffer.from(JSON.stringify(form)), formBound(dispatchId)));

/** What `sealForm` sealed. Throws `SealError`. */
export function openForm(districtId: string, dispatchId: string, sealed: Uint8Array): TransferForm {
  const bytes = keys().unwrapForDistrict(districtId, Buffer.from(sealed), formBound(dispatchId));
  return schema.parse(JSON.parse(bytes.toString()));
}
