import { DomainError } from "@/lib/errors";
import type { Session } from "@/lib/users/session";
import type { ActionState } from "@/lib/web/action-state";
import { sentenceFor } from "@/lib/web/messages";
import { confirmHere } from "@/lib/web/second-factor";

/**
 * Asks for the second factor (the password of who has none) in the form itself, where it was shown too long ago: the form comes back with
 * what was typed and one field more (components/ui/fresh-factor), so nothing is lost with script or without. Null when it's fresh now.
 */
export async function askFactor(
  session: Session,
  raw: Record<string, unknown>,
  values: Record<string, string | string[]>,
): Promise<ActionState | null> {
  if (session.fresh) return null;
  const by = session.secondFactorSince ? "code" : "password";
  const name = by === "code" ? "factorCode" : "factorPassword";
  const typed = raw[name];
  const ask = (problem: string | null): ActionState => ({
    status: "problem",
    summary: problem ?? "Confirm that it’s you.",
    fields: problem === null ? {} : { [name]: problem },
    values,
    data: { kind: "factor-asked", by },
  });
  if (typeof typed !== "string") return ask(null);
  if (typed.trim() === "" || typed.length > 256)
    return ask(by === "code" ? "Type the code that your app shows now." : "Type your password.");
  try {
    await confirmHere(session, typed);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return ask(sentenceFor(error).text);
    throw error;
  }
}
