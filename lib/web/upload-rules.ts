import { LARGEST_FILE } from "@/lib/storage/file-types";
import { filesAreScanned } from "@/lib/storage/scan-state";
import { own } from "@/lib/web/own";

const problems: Record<string, string> = {
  none: "Choose a file first.",
  empty: "The file is empty. Check it and add it again.",
  tooLarge: "The file is larger than 50 MB. Make it smaller or split it.",
  type: "The file isn’t what its name says. Add PDF, DOCX, PNG, JPEG or TXT files.",
  extension: "The file is of a kind that can’t be added. Add PDF, DOCX, PNG, JPEG or TXT files.",
  encrypted: "The file is protected with a password. Add it without.",
  infected: "A virus was found in the file, so it wasn’t added. Tell whoever it came from.",
  truncated: "The file didn’t arrive whole. Add it again.",
  fields: "Check type, owner and date, then choose the files again.",
};

/** What a page that takes files says of them, and why a form that was sent without script came back, by the page's address. */
export function uploadRules(search: Partial<Record<string, string>>) {
  return { largest: LARGEST_FILE, scanned: filesAreScanned(), problem: problemOf(search) };
}

function problemOf(search: Partial<Record<string, string>>): string | undefined {
  const added = /^\d{1,2}$/.test(search.added ?? "") ? Number(search.added) : 0;
  if (search.problem === "tooMany") return `${added} files were added. Add the others in a second go.`;
  const problem = own(problems, search.problem);
  if (!problem || added === 0) return problem;
  return `${problem} The ${added === 1 ? "file" : `${added} files`} before it ${added === 1 ? "was" : "were"} added.`;
}
