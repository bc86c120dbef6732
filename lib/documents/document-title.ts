import { extensionOf, safeFileName } from "@/lib/storage/file-name";

/** Characters of a title. */
export const longestTitle = 255;

const extensions: Record<string, readonly string[]> = {
  "application/pdf": ["pdf"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "text/plain": ["txt"],
};

/** A title out of a file's name: without its extension, underscores as spaces. */
export function titleOf(fileName: string): string {
  const name = safeFileName(fileName);
  const extension = extensionOf(name);
  const stem = (extension ? name.slice(0, -extension.length - 1) : name).replace(/[_\s]+/g, " ").trim();
  return stem || "Document";
}

/** The name that a document is downloaded under: its title with the extension that its type has. */
export function fileNameOf(title: string, mediaType: string): string {
  const [usual = "", ...others] = extensions[mediaType] ?? [];
  const has = [usual, ...others].some((one) => title.toLowerCase().endsWith(`.${one}`));
  return safeFileName(has || !usual ? title : `${title}.${usual}`);
}
