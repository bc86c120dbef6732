/** What stands in a table under a word that somebody else chose (a URL, a form): its own entries alone, not what every object inherits. */
export const own = <T>(table: Readonly<Record<string, T>>, word: string | null | undefined): T | undefined =>
  typeof word === "string" && Object.hasOwn(table, word) ? table[word] : undefined;
