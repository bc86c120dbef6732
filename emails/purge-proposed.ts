import { purgeMail } from "@/emails/purge-mail";

/** Tells whoever looks after retention that records are proposed for destruction, so that nobody does it unseen. */
export const purgeProposedMail = purgeMail({
  subject: "records proposed for destruction",
  heading: "Records are proposed for destruction",
  what: ({ district }) => [
    `Somebody at ${district} proposes to destroy records whose years are over. Nothing goes before a second person confirms it.`,
    "If you don’t know of this, look at it now: it can be withdrawn, and a legal hold keeps what must stay.",
  ],
});
