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

/** An invitation to a district. Its link is the secret of one person, and is used once. */
export type InvitationMailData = {
  district: string;
  /** The person had joined already: the link is for choosing a new password. */
  joined: boolean;
  link: string;
  /** For how many days the link works. */
  days: number;
};

export type RenderedMail = { subject: string; html: string; text: string };
