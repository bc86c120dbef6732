import type { DomainError, DomainErrorKind, DomainErrors } from "@/lib/errors";

/** A sentence for people: what's wrong, what to do; and the field that it stands beside, where there is one. */
export type Sentence = { text: string; field?: string };

type Sentences = { [K in DomainErrorKind]: (data: DomainErrors[K]) => Sentence };

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

const sentences: Sentences = {
  forbidden: () => ({ text: "You don’t have the permission for this. Ask a district admin of yours." }),
  "not-there": () => ({ text: "That isn’t there any more. Go back to the list and look again." }),
  "changed-meanwhile": () => ({
    text: "Somebody changed this while you were typing. Your text is still here: compare it with the new version, then save again.",
  }),
  "nothing-chosen": () => ({ text: "Choose at least one case." }),
  "too-many-cases": ({ limit }) => ({
    text: `At most ${limit} cases travel at once. Narrow the search, or send them in several goes.`,
  }),
  "too-large": ({ limitBytes }) => ({
    text: `The attachments are larger than ${limitBytes / 1024 ** 3} GB together. Send the cases in several goes.`,
  }),
  "too-many-districts": ({ limit }) => ({
    text: `At most ${limit} districts at once. Send to the others in a second go.`,
    field: "receivers",
  }),
  "no-district": () => ({ text: "Tick the district that the cases go to.", field: "receivers" }),
  "own-switch-off": () => ({
    text: "Case transfers are switched off in your district. Switch them on under Admin ▸ Requests ▸ Case Transfer Requests.",
  }),
  "other-switch-off": ({ district }) => ({
    text: `${district} has case transfers switched off. Call them and ask to switch them on.`,
    field: "receivers",
  }),
  "not-on-baton": ({ district }) => ({
    text: `${district} isn’t on Baton. Contact the district directly.`,
    field: "receivers",
  }),
  "all-held-back": ({ district }) => ({
    text: `All chosen cases already wait in a transfer to ${district}. Take the tick away there, or cancel the earlier transfer.`,
    field: "receivers",
  }),
  "wrong-code": ({ triesLeft }) => ({
    text: `That code doesn’t open this transfer. ${triesLeft === 1 ? "1 of 5 tries is" : `${triesLeft} of 5 tries are`} left.`,
    field: "code",
  }),
  "garbled-code": ({ reason }) => ({
    text:
      reason === "empty"
        ? "Type the authorization code that the other district gave you."
        : reason === "length"
          ? "The code has 16 letters and digits. Check that none is missing or doubled. This cost no try."
          : reason === "symbol"
            ? "There’s a character in it that no code has. Compare it once more. This cost no try."
            : "One of the 16 symbols is mistyped. Compare it once more, group by group. This cost no try.",
    field: "code",
  }),
  "code-locked": () => ({
    text: "Five wrong codes: this transfer is locked. Call the sending district and ask for a new code.",
    field: "code",
  }),
  "code-replaced": () => ({
    text: "The sending district has just issued a new code. Ask them for it; the earlier one no longer works.",
    field: "code",
  }),
  "own-transfer-expired": () => ({
    text: "This transfer has expired. Send the cases again; they get a new code with it.",
  }),
  "transfer-expired": () => ({
    text: "This transfer has expired. Call the sending district and ask them to send it again.",
  }),
  "transfer-decided": () => ({
    text: "Somebody was faster: this transfer has been decided already. Its details say by whom.",
  }),
  "transfer-unlocked": () => ({ text: "A colleague has already given the code. Go on with the case details." }),
  "not-pending": () => ({ text: "This transfer isn’t pending any more. Its details say what happened." }),
  "details-missing": ({ left }) => ({
    text: `${plural(left, "case still needs", "cases still need")} details before you can save.`,
  }),
  "student-gone": () => ({
    text: "That student isn’t on your roster any more. Choose another one.",
    field: "studentId",
  }),
  "name-taken": ({ field }) => ({ text: "That is in use already. Choose another one.", field }),
  "last-admin": () => ({
    text: "Your district needs at least one person with Manage District. Give it to somebody else first.",
  }),
  "bad-value": ({ field }) => ({ text: "That choice isn’t on offer any more. Choose again.", field }),
  "contact-missing": ({ field }) => ({
    text:
      field === "name"
        ? "Type the coordinator’s name: other districts are to see it."
        : "Type an email address or a phone number: other districts are to reach this person.",
    field,
  }),
  "in-use": () => ({ text: "This is in use, so it can’t be removed. Rename it, or move what stands in it first." }),
  "already-member": ({ disabled }) => ({
    text: disabled
      ? "This person was disabled in your district. Find them in the list and enable them again."
      : "This person is a user of your district already. Find them in the list to change what they may do.",
    field: "email",
  }),
  "own-password-wrong": ({ field }) => ({
    text: "That isn’t your password. Type the one that you sign in with.",
    field,
  }),
  "wrong-password": () => ({ text: "Email or password isn’t right. Check both and try again.", field: "password" }),
  "locked-out": ({ minutes }) => ({
    text: `Too many tries. Wait ${plural(minutes, "minute", "minutes")}, then try again, or ask a district admin of yours for a new invitation.`,
  }),
  "invitation-used": () => ({
    text: "This invitation has been used or has expired. Ask a district admin of yours for a new one.",
  }),
  "password-weak": ({ reason }) => ({
    text:
      reason === "short"
        ? "Use 15 characters or more. Four or five words are easy to remember."
        : "That password is easy to guess. Use words that have nothing to do with each other or with you.",
    field: "password",
  }),
  "file-refused": ({ reason, name }) => ({
    text: {
      empty: `“${name}” is empty. Check the file and add it again.`,
      tooLarge: `“${name}” is larger than 50 MB. Make it smaller or split it.`,
      type: `“${name}” isn’t what its name says. Add PDF, DOCX, PNG, JPEG or TXT files.`,
      extension: `“${name}” is of a kind that can’t be added. Add PDF, DOCX, PNG, JPEG or TXT files.`,
      encrypted: `“${name}” is protected with a password. Add it without.`,
      truncated: `“${name}” didn’t arrive whole. Add it again.`,
    }[reason],
    field: "file",
  }),
  "read-only": () => ({ text: "What came from another district can’t be changed. Add a note of your own instead." }),
  "choice-gone": ({ field }) => ({ text: "That choice isn’t there any more. Choose another one.", field }),
  "being-packed": () => ({
    text: "The case is being packed for a transfer right now, with its attachments. Try again in a minute.",
  }),
  "storage-down": () => ({
    text: "The file storage doesn’t answer right now. Nothing was lost; try again in a minute.",
  }),
};

/** The sentence for an expected failure. */
export function sentenceFor(error: DomainError): Sentence {
  return (sentences[error.kind] as (data: unknown) => Sentence)(error.data);
}

/** The one general sentence for everything unexpected, with the reference that the log has. */
export function sentenceForReference(reference: string): string {
  return `Something went wrong on our side, and nothing was changed. Try again; if it stays, tell your district admin the reference ${reference}.`;
}
