/** What the policy of a page depends on besides its nonce. */
type Page = {
  /** `next dev`: React's tools evaluate text and the style sheets come as elements. */
  development: boolean;
  /** The demo's mailbox shows mails as they were written, styles in their text included. */
  mailbox: boolean;
};

/**
 * The Content Security Policy of a page (CSP Level 3): script by this response's nonce and what such script loads, nothing from other
 * sites, nothing inline, no frame around it. Previews stand in frames of our own.
 */
export function securityPolicy(nonce: string, { development, mailbox }: Page): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${development || mailbox ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
