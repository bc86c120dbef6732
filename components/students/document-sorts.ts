/** What a student's documents can be sorted by; the same words stand in the URL. */
export const documentSorts = ["title", "type", "owner", "date", "size"] as const;
export type DocumentSort = { by: (typeof documentSorts)[number]; descending: boolean };
