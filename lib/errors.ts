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
  "code-replaced": undefined;
  "transfer-expired": undefined;
  "own-transfer-expired": undefined;
  "transfer-decided": undefined;
  "transfer-unlocked": undefined;
  "not-pending": undefined;
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
  "password-weak": { reason: "short" | "common" };
  "file-refused": { reason: "empty" | "tooLarge" | "type" | "extension" | "encrypted" | "truncated"; name: string };
  "read-only": undefined;
  "choice-gone": { field: string };
  "being-packed": undefined;
  "storage-down": undefined;
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
