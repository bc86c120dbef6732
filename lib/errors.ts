/** Everything that is expected to fail, by name, with what the sentence on screen needs (lib/web/messages.ts). */
export type DomainErrors = {
  forbidden: undefined;
  "not-there": undefined;
  "changed-meanwhile": undefined;
  "nothing-chosen": undefined;
  "too-many-cases": { limit: number };
  "too-large": { limitBytes: number };
  "too-many-districts": { limit: number };
  "no-district": undefined;
  "own-switch-off": undefined;
  "other-switch-off": { district: string };
  "not-on-baton": { district: string };
  "all-held-back": { district: string };
  "wrong-code": { triesLeft: number };
  "garbled-code": { reason: "empty" | "length" | "symbol" | "check" };
  "code-locked": undefined;
  "too-many-codes": undefined;
  "code-busy": undefined;
  "code-replaced": undefined;
  "transfer-expired": undefined;
  "own-transfer-expired": undefined;
  "transfer-decided": undefined;
  "transfer-unlocked": undefined;
  "not-pending": undefined;
  "code-first": undefined;
  "student-differs": { student: object };
  "details-changed": undefined;
  "details-missing": { left: number };
  "student-gone": undefined;
  "name-taken": { field: string };
  "last-admin": undefined;
  "bad-value": { field: string };
  "contact-missing": { field: string };
  "in-use": undefined;
  "already-member": { disabled: boolean };
  "own-password-wrong": { field: string };
  "wrong-password": undefined;
  "locked-out": { minutes: number };
  "invitation-used": undefined;
  "wrong-factor": undefined;
  "sign-in-over": undefined;
  "factor-enrolled": undefined;
  "factor-missing": undefined;
  "factor-required": { district: string };
  "reset-used": undefined;
  "password-weak": { reason: "short" | "common" };
  "file-refused":
    | { reason: "empty" | "tooLarge" | "type" | "extension" | "encrypted" | "truncated"; name: string }
    | { reason: "infected"; name: string; signature: string };
  "file-blocked": { block: "waiting" | "failed" | "infected" };
  "files-blocked": { waiting: number; failed: number; infected: number };
  "read-only": undefined;
  "choice-gone": { field: string };
  "being-packed": undefined;
  "threat-missing": undefined;
  "notice-settled": undefined;
  "storage-down": undefined;
  "no-documents": undefined;
  "too-many-checks": undefined;
  "owner-gone": undefined;
  "transfer-moved": undefined;
  "not-confirmed": { field: string; reference: string };
  "sis-id-of-another": { studentId: string; name: string };
  "sis-id-taken": { studentId: string; name: string };
  "student-alike": { students: { id: string; name: string; sisId: string; birthDate: string | null }[] };
  "from-roster": undefined;
  "purge-unconfirmed": { field: string };
  "on-hold": undefined;
  "hold-lifted": undefined;
  "hold-stands": undefined;
  "no-such-record": { field: string };
  "two-records": { field: string };
  "nothing-due": undefined;
  "proposal-decided": undefined;
  "own-proposal": undefined;
  "joined-since": undefined;
  "proposer-gone": undefined;
  "cases-not-yours": undefined;
  "documents-not-yours": undefined;
  "nothing-left": undefined;
  "own-documents-off": undefined;
  "other-documents-off": { district: string };
  "no-such-owner": { field: string };
  "no-such-student": { field: string };
  "too-many-requests": { limit: number; per: "open" | "day"; district: string };
  "request-decided": undefined;
  "calendar-full": { limit: number };
  "days-entered": { name: string };
  "roster-busy": undefined;
  "roster-refused": { reason: "none" | "empty" | "tooLarge" | "type" | "truncated" };
  "roster-unconfirmed": { field: string };
  "roster-decided": undefined;
};

export type DomainErrorKind = keyof DomainErrors;

/** An expected failure. Its message is for logs and carries no data; the sentence for people comes from `kind` and `data`. */
export class DomainError<K extends DomainErrorKind = DomainErrorKind> extends Error {
  readonly kind: K;
  readonly data: DomainErrors[K];
  constructor(kind: K, ...data: DomainErrors[K] extends undefined ? [] : [DomainErrors[K]]) {
    super(kind);
    this.name = "DomainError";
    this.kind = kind;
    this.data = data[0] as DomainErrors[K];
  }
}
