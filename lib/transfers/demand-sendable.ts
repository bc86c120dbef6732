import { DomainError } from "@/lib/errors";
import { filesAreScanned } from "@/lib/storage/scan-state";

/**
 * Throws `files-blocked` where a virus was found in a file that would travel, or one isn't scanned yet. What's added between this and the
 * packing is met there: lib/storage/file-address gives no address for it.
 */
export function demandSendable({ infected, unscanned }: { infected: number; unscanned: number }): void {
  const waiting = filesAreScanned() ? unscanned : 0;
  if (infected + waiting > 0) throw new DomainError("files-blocked", { infected, waiting });
}
