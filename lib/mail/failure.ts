/** Why a mail wasn't taken: for good (this address), or for now. `why` is for people and holds nothing of the mail. */
export type MailFailure = { refused: boolean; why: string };

/** Reads what nodemailer threw. An answer of 500 and more to the recipient is final (RFC 5321, 4.2.1); all else is tried again. */
export function describeMailFailure(error: unknown): MailFailure {
  const { code, command, responseCode } = (error ?? {}) as {
    code?: unknown;
    command?: unknown;
    responseCode?: unknown;
  };
  const answer = typeof responseCode === "number" ? responseCode : undefined;
  if (code === "EENVELOPE" && command === "RCPT TO" && answer !== undefined && answer >= 500) {
    return { refused: true, why: `The mail server doesn’t take mail for this address (${answer}).` };
  }
  // Without a recipient that can be read at all, nothing is even tried.
  if (code === "EENVELOPE" && answer === undefined) return { refused: true, why: "This address can’t be used." };
  if (code === "EAUTH") return { refused: false, why: "The mail server didn’t accept Baton’s sign-in." };
  if (answer !== undefined) return { refused: false, why: `The mail server answered ${answer}.` };
  if (code === "ETIMEDOUT") return { refused: false, why: "The mail server didn’t answer in time." };
  return { refused: false, why: "The mail server can’t be reached." };
}
