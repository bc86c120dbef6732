import { systemSignIn } from "@/lib/db/system";
import { requestReset } from "@/lib/users/request-reset";
import { findReset, resetPassword } from "@/lib/users/reset-password";
import { callerAddress } from "@/lib/web/auth";

/** Mails a link for a new password, if the address is somebody's. Throws as `requestReset` does. */
export async function requestResetHere(email: string): Promise<void> {
  await requestReset(systemSignIn, { email, ip: await callerAddress() });
}

/** Whose new password a link is for; null when it can't be used. */
export function resetOf(token: string): Promise<{ name: string; email: string } | null> {
  return systemSignIn((tx) => findReset(tx, token));
}

/** Uses a link for a new password. Throws as `resetPassword` does. */
export async function resetHere(input: { token: string; password: string }): Promise<void> {
  await resetPassword(systemSignIn, { ...input, ip: await callerAddress() });
}
