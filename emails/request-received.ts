import { requestMail } from "@/emails/request-mail";

/** Tells the holder's people that another district asks for a student's records. */
export const requestReceivedMail = requestMail({
  subject: (data) => `${data.reference}: ${data.askingDistrict} asks for records`,
  heading: (data) => `${data.askingDistrict} asks your district for a student’s records`,
  what: () => [
    "Whose, and which, stands in the request.",
    "Answer it with a transfer that comes up filled in, or decline it with a reason.",
  ],
});
