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
  "nothing-chosen": () => ({ text: "Tick at least one first." }),
  "too-many-cases": ({ limit }) => ({
    text: `At most ${limit} cases travel at once. Narrow the search, or send them in several goes.`,
  }),
  "too-large": ({ limitBytes }) => ({
    text: `The attachments are larger than ${limitBytes / 1024 ** 3} GB together. Send the cases in several goes.`,
  }),
  "too-many-districts": ({ limit }) => ({
    text: `At most ${limit} districts at once. Send to the others in a second go.`,
    field: "districts",
  }),
  "no-district": () => ({ text: "Tick the district that the cases go to.", field: "districts" }),
  "own-switch-off": () => ({
    text: "Case transfers are switched off in your district. Switch them on under Admin ▸ Requests ▸ Case Transfer Requests.",
  }),
  "other-switch-off": ({ district }) => ({
    text: `${district} has case transfers switched off. Call them and ask to switch them on.`,
    field: "districts",
  }),
  "not-on-baton": ({ district }) => ({
    text: `${district} isn’t on Baton. Contact the district directly.`,
    field: "districts",
  }),
  "all-held-back": ({ district }) => ({
    text: `All chosen cases already wait in a transfer to ${district}. Take the tick away there, or cancel the earlier transfer.`,
    field: "districts",
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
  "code-busy": () => ({
    text: "A colleague is trying the last of the five tries at this moment. Look again in a minute.",
    field: "code",
  }),
  "too-many-codes": () => ({
    text: "Too many wrong codes in the last hour, yours or your district’s. Wait an hour, then try again; this transfer lost no try.",
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
  "code-first": () => ({ text: "Give the authorization code first: before that, nobody here can open the transfer." }),
  "student-differs": () => ({
    text: "The student’s name or birth date differs from the transfer’s. Tick that it’s the same person, or choose another student.",
    field: "same",
  }),
  "details-changed": () => ({
    text: "Somebody was faster: a colleague has just changed these details. Load the page again and look at them before you save.",
  }),
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
  // Said as well where an account has no tries left but the name that was typed has: which of the two it is tells who has which names.
  "wrong-password": () => ({
    text: "Email or password isn’t right. Check both and try again. After many tries, wait 15 minutes or choose a new password.",
    field: "password",
  }),
  "locked-out": ({ minutes }) => ({
    text: `Too many tries. Wait ${plural(minutes, "minute", "minutes")}, then try again.`,
  }),
  "invitation-used": () => ({
    text: "This invitation has been used or has expired. Ask a district admin of yours for a new one.",
  }),
  "wrong-factor": () => ({
    text: "That code isn’t right, or has been used. Type the one that your app shows now, or another recovery code.",
    field: "factorCode",
  }),
  "sign-in-over": () => ({ text: "That took too long. Sign in again from the beginning." }),
  "factor-enrolled": () => ({ text: "You have a second factor already. Your account says since when." }),
  "factor-missing": () => ({ text: "You have no second factor any more. Set one up first." }),
  "factor-required": ({ district }) => ({
    text: `${district} requires a second factor, so it can’t be turned off. To use another phone, ask a district admin of yours to reset it.`,
  }),
  "reset-used": () => ({ text: "This link has been used or has run out. Ask for a new one on the sign-in page." }),
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
      infected: `A virus was found in “${name}”, so it wasn’t added. Tell whoever the file came from.`,
    }[reason],
    field: "file",
  }),
  "file-blocked": ({ block }) => ({
    text: {
      waiting: "This file waits for the virus scan. Try again in a few minutes.",
      failed:
        "This file couldn’t be scanned for viruses, so it can’t be opened or sent. Add it again, smaller if you can.",
      infected: "A virus was found in this file, so it can’t be opened or sent.",
    }[block],
  }),
  "files-blocked": ({ waiting, failed, infected }) => ({
    text:
      infected > 0
        ? `A virus was found in ${plural(infected, "file", "files")}. Remove ${infected === 1 ? "it" : "them"} first, or leave ${infected === 1 ? "it" : "them"} out.`
        : failed > 0
          ? `${plural(failed, "file", "files")} couldn’t be scanned for viruses. Remove ${failed === 1 ? "it and add it" : "them and add them"} again, smaller if you can, or leave ${failed === 1 ? "it" : "them"} out.`
          : `${plural(waiting, "file waits", "files wait")} for the virus scan. Try again in a few minutes.`,
  }),
  "read-only": () => ({ text: "What came from another district can’t be changed. Add a note of your own instead." }),
  "choice-gone": ({ field }) => ({ text: "That choice isn’t there any more. Choose another one.", field }),
  "notice-settled": () => ({
    text: "The parent notice of this transfer stands already, or the transfer asks for none. Its details say which.",
  }),
  "threat-missing": () => ({
    text: "Say what the threat is and to whom. The disclosure record must hold it.",
    field: "threat",
  }),
  "being-packed": () => ({
    text: "This is being packed for a transfer right now. Try again in a minute.",
  }),
  "roster-busy": () => ({
    text: "Another roster import is under way. Apply it or discard it first; one at a time.",
    field: "file",
  }),
  "roster-refused": ({ reason }) => ({ text: rosterRefusals[reason], field: "file" }),
  "roster-unconfirmed": ({ field }) => ({ text: "Tick that these students leave, or discard the import.", field }),
  "roster-decided": () => ({
    text: "Somebody was faster: this import has been decided already. Its page says by whom.",
  }),
  "own-documents-off": () => ({
    text: "District-to-District Transfer is disabled in your district. A district admin of yours enables it under Admin ▸ Settings.",
  }),
  "other-documents-off": ({ district }) => ({
    text: `${district} has disabled District-to-District Transfer. Call them.`,
  }),
  "no-such-owner": ({ field }) => ({
    text: "Nobody in your district has this email or username. Check it under Users, or type your own.",
    field,
  }),
  "no-such-student": ({ field }) => ({
    text: "No student of your roster has this SIS Student ID. Search under Students, then type the ID that stands there.",
    field,
  }),
  "too-many-requests": ({ limit, per, district }) => ({
    text:
      per === "open"
        ? `Your district has ${limit} open record requests to ${district}. Call them, or withdraw what is no longer needed.`
        : `Your district has sent ${limit} record requests to ${district} today. Call them, or go on tomorrow.`,
  }),
  "request-decided": () => ({
    text: "Somebody was faster: this request has been decided already. Its details say how.",
  }),
  "calendar-full": ({ limit }) => ({
    text: `The school calendar holds at most ${limit} entries. Remove those of school years gone by first.`,
  }),
  "days-entered": ({ name }) => ({
    text: `“${name}” has exactly these days already. Type other days, or remove that entry first.`,
    field: "from",
  }),
  "sis-id-of-another": ({ name }) => ({
    text: `In your roster this SIS Student ID is ${name}’s, whose name or birth date differs. Type the right ID, or tick that it’s the same person.`,
    field: "sisId",
  }),
  "sis-id-taken": ({ name }) => ({ text: `This SIS ID is ${name}’s. Check the number.`, field: "sisId" }),
  "student-alike": ({ students }) => ({
    text: `${students.length === 1 ? "A student" : `${students.length} students`} of about this name ${students.length === 1 ? "is" : "are"} here already. Look whether it’s the same person; if not, tick that it’s somebody else.`,
    field: "anotherOne",
  }),
  "from-roster": () => ({
    text: "This student comes from the roster. Correct them in your student information system; the next import brings it here.",
  }),
  "purge-unconfirmed": ({ field }) => ({
    text: "That isn’t what stands above. Type it as it’s shown, or keep them.",
    field,
  }),
  "on-hold": () => ({
    text: "A legal hold stands, so nothing of this can be destroyed or moved to somebody else. Whoever has Manage District lifts it under Admin ▸ Retention ▸ Legal holds.",
  }),
  "hold-stands": () => ({
    text: "A legal hold stands on this for the same reason: the list of legal holds has it. If this is another matter, say in the reason which.",
    field: "reason",
  }),
  "hold-lifted": () => ({ text: "Somebody was faster: this legal hold has been lifted already." }),
  "no-such-record": ({ field }) => ({
    text: "No student of yours has this SIS ID, and no case this number. Type it as it stands under Students or Cases.",
    field,
  }),
  "two-records": ({ field }) => ({
    text: "A student has this SIS ID, and a case this number. Open the page of the one that you mean, and place the hold there.",
    field,
  }),
  "nothing-due": () => ({
    text: "None of these can be proposed now: they aren’t due any more, are on hold, wait in a transfer, or are proposed already. Load the list again.",
  }),
  "proposal-decided": () => ({
    text: "Somebody was faster: this proposal has been decided already. Its page says by whom.",
  }),
  "own-proposal": () => ({
    text: "You proposed this yourself. Somebody else with Purge has to confirm it.",
  }),
  "joined-since": () => ({
    text: "You joined this district after this was proposed. Somebody with Purge who was here before has to confirm it.",
  }),
  "proposer-gone": () => ({
    text: "Whoever proposed this is no longer an active user with Purge or Manage District, so it can’t be confirmed. Withdraw it; somebody else can propose its records again.",
  }),
  "cases-not-yours": () => ({
    text: "There are cases among these: proposing or confirming them needs Manage Cases as well, so that people know what they destroy. Choose documents alone, or ask somebody who has it.",
  }),
  "documents-not-yours": () => ({
    text: "There are documents among these: proposing or confirming them needs Manage Documents as well, so that people know what they destroy. Choose cases alone, or ask somebody who has it.",
  }),
  "nothing-left": () => ({
    text: "Nothing of this proposal can be destroyed any more: the list says why. Withdraw it.",
  }),
  "no-documents": () => ({
    text: "The chosen documents aren’t there any more. Go back to the student and choose again.",
  }),
  "too-many-checks": () => ({
    text: "Too many transfers of yours are held there, or wait to be checked. Call the other district about those that are held; tomorrow you can send again.",
  }),
  "owner-gone": () => ({
    text: "That person isn’t a user of your district any more. Choose another owner.",
    field: "owner",
  }),
  "transfer-moved": () => ({
    text: "Somebody was faster: this transfer isn’t where it was. Its details say what happened.",
  }),
  "not-confirmed": ({ field, reference }) => ({ text: `Type ${reference} to confirm.`, field }),
  "storage-down": () => ({
    text: "The file storage doesn’t answer right now. Nothing was lost; try again in a minute.",
  }),
};

/** Why a roster's bundle wasn't taken. */
export const rosterRefusals: Record<DomainErrors["roster-refused"]["reason"], string> = {
  none: "Choose a file first.",
  empty: "The file is empty. Export the bundle again and upload the zip.",
  tooLarge: "The file is larger than 100 MB, which no roster’s bundle is. Upload the OneRoster zip alone.",
  type: "The file isn’t a zip. Upload the OneRoster bundle as the zip that your student information system exports.",
  truncated: "The file didn’t arrive whole. Upload it again.",
};

/** The sentence for an expected failure. */
export function sentenceFor(error: DomainError): Sentence {
  return (sentences[error.kind] as (data: unknown) => Sentence)(error.data);
}

/** The one general sentence for everything unexpected, with the reference that the log has. */
export function sentenceForReference(reference: string): string {
  return `Something went wrong on our side, and nothing was changed. Try again; if it stays, tell your district admin the reference ${reference}.`;
}
