import { purgeMail } from "@/emails/purge-mail";

/** Tells whoever looks after retention that two people destroyed records. */
export const purgeConfirmedMail = purgeMail({
  subject: "records destroyed for good",
  heading: "Records were destroyed for good",
  what: ({ district }) => [
    `A proposal at ${district} was confirmed by a second person, and its records are destroyed. The proposal says by whom, and leads to the certificates.`,
    "If you don’t know of this, talk to both of them.",
  ],
});
