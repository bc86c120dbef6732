import { env } from "@/lib/env";

/**
 * What's known of a stored file, as its row says: `none` is *not scanned*, or *not yet*, and never *fine*; `failed`, that the scanner
 * was asked and gave no verdict.
 */
export type ScanState = "none" | "clean" | "infected" | "failed";

/** Why a file is handed to nobody: it waits for the virus scan, couldn't be scanned, or a virus was found in it. */
export type FileBlock = "waiting" | "failed" | "infected";

/** Whether this installation has a scanner. Without one, files are handed out as they came, and the screen says so. */
export function filesAreScanned(): boolean {
  return env().CLAMD_URL !== undefined;
}

/** Why a file may not be handed out; null where it may. */
export function blockOf(scan: ScanState): FileBlock | null {
  if (scan === "infected") return "infected";
  if (scan === "clean" || !filesAreScanned()) return null;
  return scan === "none" ? "waiting" : "failed";
}
