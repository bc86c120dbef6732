/** What a username may be made of. No "@": it must never look like somebody's e-mail address, which signs in as well. */
export const usernamePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The username that an e-mail address suggests: what stands before the "@", made to fit. */
export function usernameFromEmail(email: string): string {
  const local = (email.split("@")[0] ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 64);
  return local || "user";
}
