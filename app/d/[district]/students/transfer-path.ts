/** Where a transfer's details stand; `home` is /d/<district>. */
export const transferPath =
  (home: string) =>
  ({ id, kind }: { id: string; kind: "cases" | "documents" }): string =>
    `${home}/admin/requests/${kind === "cases" ? "case-transfers" : "document-transfers"}/${id}`;
