import { requestMail } from "@/emails/request-mail";

/** Tells the holder's coordinator and district admins of a record request that's overdue. */
export const requestOverdueMail = requestMail({
  subject: (data) => `${data.reference}: overdue`,
  heading: (data) => `Your district’s answer to ${data.askingDistrict} is overdue`,
  what: (data) => [
    `A request for a student’s records was due on ${data.due}. Nobody has answered it.`,
    "See who can take it on: it’s answered with a transfer, or declined with a reason.",
  ],
});
