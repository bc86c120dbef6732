/** The path of **Document Transfers**, of one of its transfers, or of a page of that. */
export const documentsPath = (slug: string, ...more: string[]): string =>
  [`/d/${slug}/admin/requests/document-transfers`, ...more].join("/");
