import { DomainError } from "@/lib/errors";
import { filesAreScanned } from "@/lib/storage/scan-state";

/**
 * Throws `files-blocked` where a virus was found in a file that would travel, or one isn't scanned yet, or couldn't be. What's added between this and the
 * packing is met there: lib/storage/file-address gives no address for it.
 */
export function demandSendable(files: { infected: number; unscanned: number; failed: number }): void {
  const { infected } = files;
  const [waiting, failed] = filesAreScanned() ? [files.unscanned, files.failed] : [0, 0];
  if (infected + waiting + failed > 0) throw new DomainError("files-blocked", { infected, waiting, failed });
}
