import { requestMail } from "@/emails/request-mail";

/** Tells the asker's people that their request was refused. */
export const requestDeclinedMail = requestMail({
  subject: (data) => `${data.reference}: declined by ${data.holdingDistrict}`,
  heading: (data) => `${data.holdingDistrict} declined your record request`,
  what: () => ["Their reason stands in the request. Call them if it should be otherwise."],
});
