import { env } from "@/lib/env";

/** The folder in which a test file's objects lie. */
export function storageFolder(): string {
  const { STORAGE_DIR } = env();
  if (!STORAGE_DIR) throw new Error("this test looks into the storage folder, and there is none");
  return STORAGE_DIR;
}
