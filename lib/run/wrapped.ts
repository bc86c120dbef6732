import { contentBound } from "@/lib/requests/request-content";
import { fileBound } from "@/lib/storage/file-address";
import type { Keys } from "@/lib/storage/keys";
import { bound, type Place } from "@/lib/transfers/package-place";
import { coverBound } from "@/lib/transfers/save-transfer";
import { formBound } from "@/lib/transfers/sealed-form";
import { notesBound } from "@/lib/transfers/send-cases";
import { totpBound } from "@/lib/users/totp";

/** A column whose values are wrapped by a key that comes from the master key. */
export type Wrapped = {
  /** As `keys rotate` calls it. */
  what: string;
  table: string;
  column: string;
  /** The primary key; all of them are UUIDs. */
  ids: readonly string[];
  /** What else a row's binding needs, as SQL over `t`: a text, or null. */
  more?: string;
  /** Opens a value and wraps it anew. Throws `SealError`. */
  anew(keys: Keys, blob: Buffer, row: { ids: readonly string[]; more: string | null }): Buffer;
};

type Ids = readonly string[];
const at = (ids: Ids, i: number) => ids[i] as string;

const ofDistrict = (keys: Keys, districtId: string, blob: Buffer, aad: Buffer) =>
  keys.wrapForDistrict(districtId, keys.unwrapForDistrict(districtId, blob, aad), aad);
const ofExchange = (keys: Keys, blob: Buffer, aad: Buffer) =>
  keys.wrapForExchange(keys.unwrapForExchange(blob, aad), aad);
const ofSignIn = (keys: Keys, blob: Buffer, aad: Buffer) => keys.wrapForSignIn(keys.unwrapForSignIn(blob, aad), aad);

const parties =
  "(select t2.sending_district_id || ' ' || t2.receiving_district_id from transfer t2 where t2.id = t.transfer_id)";
const placeOf = ([transferId = ""]: Ids, more: string | null): Place => {
  const [sendingDistrictId = "", receivingDistrictId = ""] = (more ?? "").split(" ");
  return { transferId, sendingDistrictId, receivingDistrictId };
};
const ofPackage = (
  what: string,
  column: string,
  part: string,
  side: "sendingDistrictId" | "receivingDistrictId",
): Wrapped => ({
  what,
  table: "transfer_key",
  column,
  ids: ["transfer_id"],
  more: parties,
  anew: (keys, blob, { ids, more }) => {
    const place = placeOf(ids, more);
    return ofDistrict(keys, place[side], blob, bound(place, part));
  },
});
const totp = (what: string, table: string, person: string): Wrapped => ({
  what,
  table,
  column: "totp_secret",
  ids: ["id"],
  more: `t.${person}::text`,
  anew: (keys, blob, { more }) => ofSignIn(keys, blob, totpBound(more ?? "")),
});

/**
 * All that is wrapped by a key that comes from the master key. `transfer_key.key_by_code` isn't here: authorization code and pepper wrap it, and
 * no master key. Nor is what a file's or a package's own key encrypts: those keys stay.
 */
export const everythingWrapped: readonly Wrapped[] = [
  {
    what: "keys of files",
    table: "stored_file",
    column: "key_wrapped",
    ids: ["district_id", "id"],
    more: "t.storage_key",
    anew: (keys, blob, { ids, more }) => ofDistrict(keys, at(ids, 0), blob, fileBound(more ?? "")),
  },
  ofPackage("pending authorization codes", "code_sealed", "code", "sendingDistrictId"),
  ofPackage("package keys of senders", "key_by_sender", "key by sender", "sendingDistrictId"),
  ofPackage("package keys of receivers", "key_by_receiver", "key by receiver", "receivingDistrictId"),
  {
    what: "keys of document packages",
    table: "package_key",
    column: "key_sealed",
    ids: ["transfer_id"],
    more: parties,
    anew: (keys, blob, { ids, more }) => ofExchange(keys, blob, bound(placeOf(ids, more), "key by exchange")),
  },
  {
    what: "notes of dispatches",
    table: "dispatch",
    column: "notes_sealed",
    ids: ["district_id", "id"],
    anew: (keys, blob, { ids }) => ofDistrict(keys, at(ids, 0), blob, notesBound(at(ids, 1))),
  },
  {
    what: "forms of document transfers",
    table: "dispatch",
    column: "form_sealed",
    ids: ["district_id", "id"],
    anew: (keys, blob, { ids }) => ofDistrict(keys, at(ids, 0), blob, formBound(at(ids, 1))),
  },
  {
    what: "received notes",
    table: "received_cover",
    column: "notes_sealed",
    ids: ["district_id", "transfer_id"],
    anew: (keys, blob, { ids }) => ofDistrict(keys, at(ids, 0), blob, coverBound(at(ids, 1))),
  },
  {
    what: "record requests",
    table: "record_request",
    column: "content_sealed",
    ids: ["id"],
    anew: (keys, blob, { ids }) => ofExchange(keys, blob, contentBound(at(ids, 0))),
  },
  totp("secrets of second factors", "app_user", "id"),
  totp("second factors being set up", "session", "user_id"),
];
