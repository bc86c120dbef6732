/** Two letters for a name: `Renata Kowalczyk` → RK; one where there is one word; what is no letter or digit is passed over. */
export function initialsOf(name: string): string {
  const firsts = name.split(/[\s\u00a0]+/).flatMap((word) => word.match(/[\p{L}\p{N}]/u)?.[0]?.toUpperCase() ?? []);
  return (firsts.length > 1 ? `${firsts[0]}${firsts.at(-1)}` : firsts[0]) ?? "?";
}
