/**
 * All that a mail about a transfer may say (product.md, section 3, Alerts): a reference number, the districts, the count, a link.
 * There is no field for a name, a case number, a reason or a code, so that none can be put in by mistake.
 */
export type TransferMailData = {
  reference: string;
  sendingDistrict: string;
  receivingDistrict: string;
  /** How many cases. */
  count: number;
  /** Which side of the transfer the reader's district stands on. */
  side: "sender" | "receiver";
  /**
   * Leads to the transfer's details; where the reader may not see them, to the one case in it that they're assigned to, or to their
   * cases where that's several. It holds an id, never a number.
   */
  link: string;
  linkLeadsTo: "transfer" | "case" | "cases";
};

/** All that a mail about a document transfer may say: the same as of a case transfer, and as little. */
export type DocumentMailData = {
  reference: string;
  sendingDistrict: string;
  receivingDistrict: string;
  /** How many documents. */
  count: number;
  side: "sender" | "receiver";
  /** The new owner's way leads to the student's page, everybody else's to the transfer. It holds an id, never a name or number. */
  link: string;
  linkLeadsTo: "transfer" | "student";
  /** The reader is the district's transfer coordinator, who may be nobody who signs in. */
  asCoordinator: boolean;
};

/** All that a mail about a record request may say. Whom and what it asks for stands behind the link. */
export type RequestMailData = {
  reference: string;
  askingDistrict: string;
  holdingDistrict: string;
  /** When it's due, in words ("Dec 4, 2026"); null where there's no deadline. */
  due: string | null;
  /** Leads to the request; of somebody who oversees and may not open it, to Admin. */
  link: string;
  linkLeadsTo: "request" | "admin";
  asCoordinator: boolean;
};

/** A roster that was picked up from the folder waits for a decision, or has failed. Whom it's about and why stands behind the link. */
export type RosterMailData = {
  district: string;
  /** Leads to the import. */
  link: string;
};

/** Records of the district are proposed for destruction, or were destroyed. Whose and by whom stands behind the link. */
export type PurgeMailData = {
  /** The proposal's number. */
  reference: string;
  district: string;
  /** How many records. */
  count: number;
  /** Leads to the proposal. */
  link: string;
};

/** An invitation to a district. Its link is the secret of one person, and is used once. */
export type InvitationMailData = {
  district: string;
  /** The person had joined already: the link is for choosing a new password. */
  joined: boolean;
  link: string;
  /** For how many days the link works. */
  days: number;
};

/** A new password, asked for on the sign-in page. Its link is the secret of one person, and is used once. */
export type PasswordResetMailData = {
  link: string;
  /** For how many minutes the link works. */
  minutes: number;
};

/** An admin of the district took the reader's second factor away. */
export type FactorResetMailData = {
  district: string;
  /** Leads to the sign-in page. */
  link: string;
};

export type RenderedMail = { subject: string; html: string; text: string };
