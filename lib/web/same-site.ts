/**
 * A path of this site that a person may be sent to, or `/`: nothing that a browser reads as another site (`//x`, `/\x`, tabs and
 * line breaks in between), nor the sign-in page again, nor what isn't a page.
 */
export function samePath(to: string | undefined | null): string {
  if (!to || to.length > 2000 || !/^\/(?![/\\])/.test(to) || /[\p{Cc}\\]/u.test(to)) return "/";
  const base = "http://baton.invalid";
  if (!URL.canParse(to, base)) return "/";
  const url = new URL(to, base);
  if (url.origin !== base || url.pathname.startsWith("//") || /^\/(?:sign-in|api|_next)(?:\/|$)/.test(url.pathname))
    return "/";
  return url.pathname + url.search;
}
