import { requestMail } from "@/emails/request-mail";

/** Tells the asker's people that a transfer answers their request. */
export const requestAnsweredMail = requestMail({
  subject: (data) => `${data.reference}: answered by ${data.holdingDistrict}`,
  heading: (data) => `${data.holdingDistrict} answers your record request`,
  what: () => ["A transfer is on its way to your district. The request shows which."],
});
