import type { TransferDetails } from "@/lib/transfers/get-transfer";

/** What keeps a transfer from being accepted now, as a sentence with what to do; null where nothing does. */
export function acceptObstacle(
  transfer: Pick<TransferDetails, "status" | "locked" | "waitsFor" | "expiresAt" | "otherDistrict">,
  now = new Date(),
): string | null {
  const { status, otherDistrict } = transfer;
  if (status === "expired" || (status === "pending" && transfer.expiresAt !== null && transfer.expiresAt <= now))
    return `This transfer has expired. Call ${otherDistrict} and ask them to send it again.`;
  if (status !== "pending") return "This transfer has been decided already. Its details say by whom and when.";
  if (transfer.waitsFor === "us")
    return "Case transfers are switched off in your district. Switch them on under Case Transfer Requests, then accept it.";
  if (transfer.waitsFor === "them")
    return `${otherDistrict} has case transfers switched off. Call them and ask to switch them on.`;
  if (transfer.locked)
    return `Five wrong codes: this transfer is locked. Call ${otherDistrict} and ask for a new code.`;
  return null;
}
