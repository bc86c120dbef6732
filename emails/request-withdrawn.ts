import { requestMail } from "@/emails/request-mail";

/** Tells the holder's people that the records aren't wanted any more. */
export const requestWithdrawnMail = requestMail({
  subject: (data) => `${data.reference}: withdrawn by ${data.askingDistrict}`,
  heading: (data) => `${data.askingDistrict} withdrew a record request`,
  what: () => ["There’s nothing to do. What it asked for is no longer shown."],
});
