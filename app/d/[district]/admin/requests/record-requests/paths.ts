/** The path of **Record Requests**, of one of them, or of a page of that. */
export const recordRequestsPath = (slug: string, ...more: string[]): string =>
  [`/d/${slug}/admin/requests/record-requests`, ...more].join("/");

/** Holding one of these, somebody has to do with record requests. */
export const recordRequestNeeds = ["manageDocuments", "manageCases"] as const;
