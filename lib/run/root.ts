import { fileURLToPath } from "node:url";

/** The project's own folder, wherever it is called from. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));
