import type { TransferDetails } from "@/lib/transfers/get-transfer";

/** What keeps a transfer from being accepted now: a sentence with what to do, and what the other district is called for, if for anything. */
export type AcceptObstacle = { fact: string; call: string | null };

/** Null where nothing keeps it from being accepted. */
export function acceptObstacle(
  transfer: Pick<TransferDetails, "status" | "locked" | "waitsFor" | "expiresAt" | "otherDistrict" | "ownActor">,
  now = new Date(),
): AcceptObstacle | null {
  const { status, otherDistrict, ownActor } = transfer;
  if (status === "expired" || (status === "pending" && transfer.expiresAt !== null && transfer.expiresAt <= now))
    return {
      fact: `This transfer has expired. Call ${otherDistrict} and ask them to send it again.`,
      call: "Ask them to send it again: a new transfer has a code of its own.",
    };
  if (status === "cancelled") return { fact: `${otherDistrict} has cancelled this transfer.`, call: null };
  if (status === "rejected")
    return { fact: `${ownActor ?? "Somebody in your district"} has rejected this transfer.`, call: null };
  if (status === "completed")
    return { fact: `${ownActor ?? "Somebody in your district"} has accepted and saved this transfer.`, call: null };
  if (status !== "pending") return { fact: "This transfer isn’t pending any more.", call: null };
  if (transfer.waitsFor === "us")
    return {
      fact: "Case transfers are switched off in your district. Switch them on under Case Transfer Requests, then accept it.",
      call: null,
    };
  if (transfer.waitsFor === "them")
    return {
      fact: `${otherDistrict} has case transfers switched off. Call them and ask to switch them on.`,
      call: "Ask them to switch case transfers on.",
    };
  if (transfer.locked)
    return {
      fact: `Five wrong codes: this transfer is locked. Call ${otherDistrict} and ask for a new code.`,
      call: "Ask for a new code: the present one opens nothing any more.",
    };
  return null;
}
