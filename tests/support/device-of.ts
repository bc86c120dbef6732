import { systemSignIn } from "@/lib/db/system";
import { credentialsOf, type KnownAccount, knownDevice, withDevice } from "@/lib/users/known-device";

/** The account as a browser knows it now. */
async function knownAccount(userId: string): Promise<KnownAccount> {
  const credentials = await systemSignIn((tx) => credentialsOf(tx, [userId]));
  return { id: userId, credentials: credentials.get(userId) ?? "" };
}

/** The cookie of a browser that the person has just signed in with. */
export const deviceOf = async (userId: string, cookie = ""): Promise<string> =>
  withDevice(cookie, await knownAccount(userId));

/** Whether the person is known by the browser's cookie. */
export const isKnown = async (userId: string, cookie: string): Promise<boolean> =>
  knownDevice(cookie, await knownAccount(userId)) !== null;
