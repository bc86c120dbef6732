/** What stands for a district in the URL. */
export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A slug made of a district's name: `Maple Grove Schools` → `maple-grove-schools`. */
export function slugFromName(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f'’]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
