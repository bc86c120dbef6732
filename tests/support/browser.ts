import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import packed from "@sparticuz/chromium";

const installed = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The Chromium that the tests drive: CHROMIUM_PATH, Playwright's own, the machine's, and last the one that comes as a
 * package (Linux on x64). Of the package only the program is taken: its own arguments switch protections off.
 */
export async function chromiumPath(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const found =
    [chromium.executablePath(), ...installed].find((path) => existsSync(path)) ?? commands.map(which).find(Boolean);
  return found ?? packed.executablePath();
}

/** No calls home, and no sandbox for root, who can't have one. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function which(command: string): string | undefined {
  if (process.platform === "win32") return undefined;
  try {
    return execFileSync("/bin/sh", ["-c", `command -v ${command}`], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
