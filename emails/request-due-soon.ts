import { requestMail } from "@/emails/request-mail";

/** Reminds the holder's people, three working days before, of a record request that nobody has answered. */
export const requestDueSoonMail = requestMail({
  subject: (data) => `${data.reference}: due ${data.due}`,
  heading: (data) => `${data.askingDistrict} waits for a student’s records until ${data.due}`,
  what: () => [
    "Your district hasn’t answered this request yet.",
    "Answer it with a transfer that comes up filled in, or decline it with a reason.",
  ],
});
