/** The path of **Case Transfer Requests**, of one of its transfers, or of a page of that. */
export const requestsPath = (slug: string, ...more: string[]): string =>
  [`/d/${slug}/admin/requests/case-transfers`, ...more].join("/");
